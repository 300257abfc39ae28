import type { Foretold } from '../predict/foretold.ts'
import type { Branch, Oracle } from '../predict/oracle.ts'
import { ImpossibleStep } from '../predict/oracle.ts'
import { cast } from '../predict/schedule-machine.ts'
import type { World } from '../predict/world.ts'
import { shapeOf } from '../schedule/calls.ts'
import type { Schedule, ScheduledCall } from '../schedule/schedule.ts'
import type { Candidate, Choice } from './candidates.ts'
import { choices } from './candidates.ts'
import { isUnforeseeable } from './unforeseeable.ts'

export interface DrawnSchedule {
  readonly schedule: Schedule
  readonly foretold: Foretold
}

/** How often a call that ends the process, or leaves every thread waiting, is taken as the last one when it comes up: once in so many. */
const oneEndIn = 3
/** Candidates tried for one step before the schedule is left as it is. */
const mostTries = 60

/**
 * Turns numbers into a schedule whose every step is well defined: the model says exactly one thing of it. Equal numbers give equal
 * schedules, and fewer or smaller numbers shorter or simpler ones, so that what shrinks the numbers shrinks the schedule.
 */
export function scheduleFrom(numbers: readonly number[], oracle: Oracle): DrawnSchedule {
  const start = startOf(numbers, oracle)
  const steps: ScheduledCall[] = []
  const begin = oracle.begin(start)
  const branches = new Map<World, readonly Branch[]>()
  let world = begin
  for (const number of numbers) {
    const mayEnd = steps.length === numbers.length - 1
    const next = nextStep(oracle, world, { number, position: steps.length, mayEnd })
    if (next === undefined) break
    steps.push(next.call)
    branches.set(world, next.branches)
    world = next.branch.world
    if (isEnd(oracle, next.branch)) break
  }
  return { schedule: { threads: [cast.main, ...cast.foreign], start, steps }, foretold: { begin, branches } }
}

/** One in four begins without a GIL, where there is a choice. */
function startOf([first = 0]: readonly number[], { predictor }: Oracle): Schedule['start'] {
  return predictor.machine.policy.gilIsCreated === 'on-demand' && first % 4 === 3 ? 'initialized' : 'initialized with threads'
}

interface Drawn {
  readonly number: number
  readonly position: number
  readonly mayEnd: boolean
}

interface Taken {
  readonly call: ScheduledCall
  /** Several may look alike; the schedule goes on from the first. */
  readonly branches: readonly Branch[]
  readonly branch: Branch
}

/** Every other schedule that may end looks for a call that ends it before it takes any. */
function nextStep(oracle: Oracle, world: World, drawn: Drawn): Taken | undefined {
  const wantsEnd = drawn.mayEnd && drawn.number % 2 === 0
  const open = choices(world, oracle.reader(), oracle.predictor.machine.calls)
  const considered = new Map<Candidate, Taken | undefined>()
  const consider = (chosen: Candidate): Taken | undefined => {
    if (!considered.has(chosen)) considered.set(chosen, defined(oracle, world, withResult(chosen, drawn.position), drawn.position))
    return considered.get(chosen)
  }
  return (wantsEnd ? take(oracle, drawn, open, consider, 'an end') : undefined) ?? take(oracle, drawn, open, consider, 'any')
}

function take(
  oracle: Oracle,
  { number, mayEnd }: Drawn,
  open: readonly Choice[],
  consider: (chosen: Candidate) => Taken | undefined,
  wanted: 'any' | 'an end',
): Taken | undefined {
  for (let attempt = 0; attempt < mostTries; attempt++) {
    // A step coprime to most lengths walks through the candidates without favouring neighbours.
    const chosen = pick(open, number + attempt * 7919)
    if (chosen === undefined) return undefined
    const taken = consider(chosen)
    if (taken === undefined) continue
    const ends = isEnd(oracle, taken.branch)
    if (wanted === 'an end' ? !ends : ends && !(mayEnd && (number + attempt) % oneEndIn === 0)) continue
    return taken
  }
  return undefined
}

/** The call with what the model says of it; nothing where that is not one thing, or not what CPython says. */
function defined(oracle: Oracle, world: World, call: ScheduledCall, position: number): Taken | undefined {
  const branches = alike(oracle, world, call, position)
  const [branch] = branches
  if (branch === undefined || isUnforeseeable(oracle.reader(), world, branch.world)) return undefined
  return { call, branches, branch }
}

/** The call first, by weight; then who makes it, and with what. */
function pick(open: readonly Choice[], number: number): Candidate | undefined {
  const total = open.reduce((sum, { weight }) => sum + weight, 0)
  let rest = number % total
  const chosen = open.find(({ weight }) => {
    rest -= weight
    return rest < 0
  })
  return chosen?.candidates[Math.floor(number / total) % chosen.candidates.length]
}

function withResult(call: Candidate, position: number): ScheduledCall {
  const kind = shapeOf(call.call).result
  if (kind === 'OS thread') return { ...call, result: cast.python }
  if (call.call === 'PyInterpreterState_New') return { ...call, result: `s${position}` }
  return kind === 'thread state' || kind === 'guard' || kind === 'view' || kind === 'token' ? { ...call, result: `s${position}` } : call
}

/** What the model says of a step if it says one thing, and CPython defines it; otherwise nothing. */
function alike(oracle: Oracle, world: World, call: ScheduledCall, position: number): readonly Branch[] {
  try {
    const branches = oracle.predict(world, call, position)
    const isDefined = branches.every(({ observation }) => observation.outcome.kind !== 'undefined')
    return isDefined && looksAlike(branches) ? branches : []
  } catch (error) {
    if (error instanceof ImpossibleStep) return []
    throw error
  }
}

function looksAlike(branches: readonly Branch[]): boolean {
  return branches.length === 1 || new Set(branches.map(({ observation }) => JSON.stringify(observation))).size === 1
}

function isEnd(oracle: Oracle, { observation, world }: Branch): boolean {
  if (observation.outcome.kind === 'died') return true
  return !oracle
    .reader()
    .threads(world)
    .some(({ is }) => is === 'waiting for calls')
}
