import type { Identities, Reusable } from '../collect.ts'
import type { StateObservation, Successors } from '../compiled-system.ts'
import type { Renaming } from '../rename-identities.ts'
import type { Sorting } from '../symmetry/process-order.ts'
import type { Term } from '../translate/term.ts'
import { isConstant } from '../translate/term.ts'
import type { AttemptGroup, TranslatedSystem } from '../translate/translate-system.ts'
import type { BoundFormula, FunctionCache, LoadedFunction } from './function-cache.ts'
import type { Normalization } from './generate-functions.ts'
import { generateAttempt, generateCondition, generateFormula, generateReusable } from './generate-functions.ts'
import { loadSorting } from './load-sorting.ts'

export interface ProgramOptions extends Normalization {
  readonly rename: Renaming
  readonly createIdentities: (reusable: readonly Reusable[]) => Identities
}

/** Whatever these throw when the model goes wrong says no more than that it does. */
export interface LoadedProgram {
  readonly expand: (values: Int32Array, into: Successors) => void
  readonly observe: (values: Int32Array, into: StateObservation) => void
}

/** A system as functions from the cache, and tables that say when each is called. */
export function loadProgram(translated: TranslatedSystem, cache: FunctionCache, options: ProgramOptions): LoadedProgram {
  const successors = new SuccessorProgram(translated, cache, options)
  const { observation } = translated
  const [found, premises] = [new ConditionTable(observation.found, cache), new ConditionTable(observation.premises, cache)]
  const isFinal = new ConditionTable([observation.isFinal], cache)
  return {
    expand: (values, into) => successors.expand(values, into),
    observe: (values, into) => {
      into.found = found.bits(values)
      into.premises = premises.bits(values)
      into.isFinal = isFinal.bits(values) !== 0
    },
  }
}

/** Attempts are translated and generated when a state first chooses their case: many cases are never reached. */
class SuccessorProgram {
  readonly #translated: TranslatedSystem
  readonly #cache: FunctionCache
  readonly #options: ProgramOptions
  readonly #identities: Identities
  readonly #sort: Sorting
  /** As many as attempts have asked for so far. */
  readonly #formulas: BoundFormula[] = []
  readonly #groups: readonly LoadedGroup[]

  constructor(translated: TranslatedSystem, cache: FunctionCache, options: ProgramOptions) {
    this.#translated = translated
    this.#cache = cache
    this.#options = options
    this.#sort = loadSorting(options.order)
    this.#identities = options.createIdentities(
      translated.reusable.map((form) => {
        const { run, numbers } = cache.load('reusable', generateReusable(form))
        return (n, at, member) => run(n, at, member, numbers)
      }),
    )
    this.#groups = translated.groups.map(loadedGroup)
  }

  expand(values: Int32Array, into: Successors): void {
    into.count = 0
    const groups = this.#groups
    for (let i = 0; i < groups.length; i++) {
      const { slot, cases } = groups[i] as LoadedGroup
      const chosen = cases.get(slot === noSlot ? onlyCase : (values[slot] as number))
      if (chosen !== undefined) this.#try(chosen.attempts ?? this.#load(chosen), values, into)
    }
  }

  #try(attempts: readonly LoadedFunction<'attempt'>[], values: Int32Array, into: Successors): void {
    for (let i = 0; i < attempts.length; i++) {
      const { run, numbers } = attempts[i] as LoadedFunction<'attempt'>
      run(values, into, numbers, this.#formulas, this.#identities, this.#options.rename, this.#sort)
    }
  }

  #load(chosen: LoadedCase): readonly LoadedFunction<'attempt'>[] {
    chosen.attempts = chosen.translated.attempts.map((attempt) => this.#cache.load('attempt', generateAttempt(attempt, this.#options)))
    for (const form of this.#translated.formulas.slice(this.#formulas.length)) {
      const { run, numbers } = this.#cache.load('formula', generateFormula(form))
      this.#formulas.push((s, n, at) => run(s, n, at, numbers))
    }
    return chosen.attempts
  }
}

interface LoadedGroup {
  readonly slot: number
  readonly cases: ReadonlyMap<number, LoadedCase>
}

interface LoadedCase {
  readonly translated: Pick<AttemptGroup & { readonly kind: 'plain' }, 'attempts'>
  attempts: readonly LoadedFunction<'attempt'>[] | undefined
}

const noSlot = -1
const onlyCase = 0

function loadedGroup(group: AttemptGroup): LoadedGroup {
  if (group.kind === 'plain') return { slot: noSlot, cases: new Map([[onlyCase, { translated: group, attempts: undefined }]]) }
  const cases = group.cases.map((one): [number, LoadedCase] => [one.value, { translated: one, attempts: undefined }])
  return { slot: group.slot, cases: new Map(cases) }
}

/** A bit set: bits that are always in it, and conditions for others. */
class ConditionTable {
  readonly #always: number
  readonly #conditions: readonly (LoadedFunction<'condition'> & { readonly bit: number })[]

  constructor(terms: readonly Term[], cache: FunctionCache) {
    const all = terms.map((term, position) => ({ term, bit: 1 << position }))
    this.#always = all.reduce((bits, { term, bit }) => (isConstant(term) && term.lowest === 1 ? bits | bit : bits), 0)
    this.#conditions = all
      .filter(({ term }) => !isConstant(term))
      .map(({ term, bit }) => ({ bit, ...cache.load('condition', generateCondition(term)) }))
  }

  bits(values: Int32Array): number {
    const conditions = this.#conditions
    let bits = this.#always
    for (let i = 0; i < conditions.length; i++) {
      const { run, numbers, bit } = conditions[i] as (typeof conditions)[number]
      if (run(values, numbers)) bits |= bit
    }
    return bits
  }
}
