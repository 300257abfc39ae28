import type { Expected, ExpectedOutcome } from '../predict/prediction.ts'
import { dangling } from '../predict/world.ts'
import type {
  Death,
  InterpreterObservation,
  Observation,
  Outcome,
  ThreadObservation,
  ThreadStateObservation,
} from '../subject/observation.ts'
import type { Renaming } from './renaming.ts'

/** What was expected and what was seen, in words. */
export interface Difference {
  readonly what: string
  readonly expected: string
  readonly seen: string
}

export interface StepComparison {
  readonly differences: readonly Difference[]
  readonly renaming: Renaming
  /** The model says nothing of this step and of what follows: nothing was compared. */
  readonly isUndefined: boolean
}

/** Compares one step, up to the names of thread states nobody named. Cost: linear in what is seen. */
export function compareStep(expected: Expected, seen: Observation, before: Renaming): StepComparison {
  const renaming = before.copy()
  if (expected.outcome.kind === 'undefined') return { differences: [], renaming, isUndefined: true }
  const comparison = new Comparison(renaming)
  comparison.outcome('the outcome', expected.outcome, seen.outcome)
  if (seen.outcome.kind !== 'died' && expected.outcome.kind !== 'died') {
    comparison.cameBack(expected.cameBack, seen.cameBack)
    comparison.threads(expected.threads, seen.threads)
    comparison.interpreters(expected.interpreters, seen.interpreters)
  }
  return { differences: comparison.differences, renaming, isUndefined: false }
}

class Comparison {
  readonly differences: Difference[] = []
  readonly #renaming: Renaming

  constructor(renaming: Renaming) {
    this.#renaming = renaming
  }

  outcome(what: string, expected: ExpectedOutcome, seen: Outcome): void {
    if (expected.kind === 'died' && seen.kind === 'died') {
      const printsTheFreed = expected.mayPrintTheFreed === true && seen.death.kind === 'use after free'
      if (!printsTheFreed && !isSameDeath(expected.death, seen.death))
        this.#differ(what, expected.death.message, `${seen.death.kind}: ${seen.death.message}`)
      return
    }
    if (expected.kind !== seen.kind) this.#differ(what, describe(expected), describe(seen))
    else if (expected.kind === 'returned' && seen.kind === 'returned') this.#value(what, expected.value, seen.value)
  }

  cameBack(expected: Expected['cameBack'], seen: Observation['cameBack']): void {
    const names = new Set([...expected, ...seen].map(({ thread }) => thread))
    for (const name of names) {
      const ours = expected.find(({ thread }) => thread === name)
      const theirs = seen.find(({ thread }) => thread === name)
      if (ours !== undefined && theirs !== undefined) this.outcome(`what ${name} came back with`, ours.outcome, theirs.outcome)
      else
        this.#differ(
          `whether ${name} came back`,
          ours === undefined ? 'no' : describe(ours.outcome),
          theirs === undefined ? 'no' : describe(theirs.outcome),
        )
    }
  }

  threads(expected: readonly ThreadObservation[], seen: readonly ThreadObservation[]): void {
    for (const ours of expected) {
      const theirs = seen.find(({ name }) => name === ours.name)
      if (theirs === undefined) {
        // A thread that never did anything is not always shown.
        if (ours.is !== 'waiting for calls') this.#differ(`where ${ours.name} is`, ours.is, 'not there')
        continue
      }
      if (ours.is !== theirs.is) this.#differ(`where ${ours.name} is`, ours.is, theirs.is)
      else {
        this.#pointer(`what is current for ${ours.name}`, ours.current, theirs.current)
        this.#pointer(`the slot of ${ours.name}`, ours.slot, theirs.slot)
      }
    }
    for (const { name, is } of seen) {
      if (!expected.some((ours) => ours.name === name)) this.#differ(`where ${name} is`, 'not there', is)
    }
  }

  interpreters(expected: readonly InterpreterObservation[], seen: readonly InterpreterObservation[]): void {
    const names = new Set([...expected, ...seen].map(({ name }) => name))
    for (const name of names) {
      const ours = expected.find((one) => one.name === name)
      const theirs = seen.find((one) => one.name === name)
      if (ours === undefined || theirs === undefined) {
        this.#differ(`whether interpreter ${name} exists`, ours === undefined ? 'no' : 'yes', theirs === undefined ? 'no' : 'yes')
        continue
      }
      this.#interpreter(name, ours, theirs)
      this.#threadStates(name, ours.threadStates, theirs.threadStates)
    }
  }

  #interpreter(name: string, ours: InterpreterObservation, theirs: InterpreterObservation): void {
    if (ours.gil !== undefined && theirs.gil !== undefined) {
      if (ours.gil.of !== theirs.gil.of) this.#differ(`whose GIL ${name} uses`, ours.gil.of, theirs.gil.of)
      if (ours.gil.locked !== theirs.gil.locked) {
        this.#differ(`whether the GIL of ${name} is locked`, String(ours.gil.locked), String(theirs.gil.locked))
      }
    }
    if (ours.guards !== undefined && theirs.guards !== undefined && ours.guards !== theirs.guards) {
      this.#differ(`the guards of ${name}`, String(ours.guards), String(theirs.guards))
    }
  }

  #threadStates(interpreter: string, expected: readonly ThreadStateObservation[], seen: readonly ThreadStateObservation[]): void {
    const rest = [...seen]
    const unknown: ThreadStateObservation[] = []
    for (const ours of expected) {
      const known = this.#renaming.theirs(ours.name)
      const at = rest.findIndex(({ name }) => name === known)
      if (known === undefined) unknown.push(ours)
      else if (at < 0)
        this.#differ(`the thread states of ${interpreter}`, `${ours.name} among them`, rest.map(({ name }) => name).join(', ') || 'none')
      else this.#counters(ours, rest.splice(at, 1)[0])
    }
    for (const ours of unknown) {
      const at = rest.findIndex((theirs) => theirs.counter === undefined || theirs.counter === ours.counter)
      const theirs = rest.splice(Math.max(at, 0), 1)[0]
      if (theirs === undefined) this.#differ(`the thread states of ${interpreter}`, `${ours.name} among them`, 'no other')
      else {
        this.#renaming.matches(ours.name, theirs.name)
        this.#counters(ours, theirs)
      }
    }
    for (const { name } of rest) this.#differ(`the thread states of ${interpreter}`, 'no other', name)
  }

  #counters(ours: ThreadStateObservation, theirs: ThreadStateObservation | undefined): void {
    if (theirs === undefined) return
    if (theirs.counter !== undefined && theirs.counter !== ours.counter) {
      this.#differ(`the gilstate_counter of ${ours.name}`, String(ours.counter), String(theirs.counter))
    }
    if (ours.ensureCounter !== undefined && theirs.ensureCounter !== undefined && theirs.ensureCounter !== ours.ensureCounter) {
      this.#differ(`the ensure counter of ${ours.name}`, String(ours.ensureCounter), String(theirs.ensureCounter))
    }
  }

  #pointer(what: string, ours: string | null | undefined, theirs: string | null | undefined): void {
    if (ours === undefined || theirs === undefined) return
    if (ours?.startsWith(dangling) === true) {
      // Its memory may be another thread state by now; that the pointer is still there is all that can be said.
      if (theirs === null) this.#differ(what, ours, 'NULL')
      return
    }
    if (ours === null || theirs === null ? ours !== theirs : !this.#renaming.matches(ours, theirs)) {
      this.#differ(what, ours ?? 'NULL', theirs ?? 'NULL')
    }
  }

  #value(what: string, ours: string | undefined, theirs: string | undefined): void {
    if (ours === undefined || theirs === undefined || ours === theirs) return
    if (ours.startsWith(dangling) && theirs !== 'NULL') return
    // Interpreters have the same names on both sides.
    const isInterpreter = ours === 'main' || ours.endsWith("'")
    const isName = !isInterpreter && ours !== 'NULL' && theirs !== 'NULL' && !/^(-?\d+|PyGILState_\w+)$/.test(ours)
    if (!isName || !this.#renaming.matches(ours, theirs)) this.#differ(what, `returned ${ours}`, `returned ${theirs}`)
  }

  #differ(what: string, expected: string, seen: string): void {
    this.differences.push({ what, expected, seen })
  }
}

/** Names of functions and addresses stand before or within the words of a fatal error, and differ between builds. */
function isSameDeath(ours: Death, theirs: Death): boolean {
  if (ours.kind !== theirs.kind) return false
  const plain = (message: string): string => message.replaceAll(/\s*(0x[0-9a-f]+|%p|\.\.\.)\s*/g, ' ').trim()
  return plain(theirs.message).includes(plain(ours.message))
}

export function describe(outcome: ExpectedOutcome): string {
  switch (outcome.kind) {
    case 'returned':
      return outcome.value === undefined ? 'returned' : `returned ${outcome.value}`
    case 'blocked':
      return 'blocked'
    case 'inside':
      return `inside ${outcome.what}`
    case 'died':
      return `died of ${outcome.death.kind}: ${outcome.death.message}`
    case 'undefined':
      return `undefined behaviour: ${outcome.cause}`
    default:
      return outcome.kind
  }
}
