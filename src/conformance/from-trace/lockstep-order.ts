import type { Counterexample } from './counterexample.ts'
import type { Path } from './lockstep.ts'
import { Lockstep } from './lockstep.ts'
import type { TraceCall } from './trace-calls.ts'
import { callsOf } from './trace-calls.ts'

/** The calls of a counterexample in an order that lockstep can make, and everything that may come of it. */
export interface LockstepRun {
  readonly lockstep: Lockstep
  readonly order: readonly TraceCall[]
  /** What may be after each call; the first entry is before all. */
  readonly levels: readonly (readonly Path[])[]
  /**
   * Whether the promise is broken: `always`; `sometimes`, where CPython leaves open which of several waiting threads goes on first; or
   * `never`, where the trace lets a thread act between two steps of another one's call.
   */
  readonly shows: 'always' | 'sometimes' | 'never'
  /** Calls in which another thread must act, where lockstep never shows it: "PyGILState_Ensure of thread 1". */
  readonly interrupted: readonly string[]
  /** The order is not that in which the trace begins the calls. */
  readonly isReordered: boolean
  /** Calls of the trace that no schedule can make. */
  readonly unknown: readonly string[]
}

/** Ways kept at once. */
const mostPaths = 200
/** Ways tried to find another order. */
const mostTries = 1_500

/**
 * Makes the calls of the trace one at a time, in the order in which they begin; where that does not break the promise, looks for another
 * order of the same calls of each thread that does.
 */
export function runInLockstep(counterexample: Counterexample): LockstepRun {
  const { system, trace } = counterexample
  const lockstep = new Lockstep(counterexample)
  const { calls, unknown } = callsOf(system, trace)
  const asBegun = makeAll(lockstep, calls)
  if (showsOf(asBegun) !== 'never') return { ...finished(lockstep, calls, asBegun), isReordered: false, interrupted: [], unknown }
  const other = findOrder(lockstep, calls)
  if (other !== undefined) {
    const levels = makeAll(lockstep, other)
    return { ...finished(lockstep, other, levels), isReordered: true, interrupted: [], unknown }
  }
  return {
    ...finished(lockstep, calls, asBegun),
    isReordered: false,
    interrupted: interruptedCalls(lockstep, counterexample),
    unknown,
  }
}

/** Up to the call after which nothing more can be broken. */
function finished(
  lockstep: Lockstep,
  calls: readonly TraceCall[],
  levels: readonly (readonly Path[])[],
): Pick<LockstepRun, 'lockstep' | 'order' | 'levels' | 'shows'> {
  const shows = showsOf(levels)
  const broken = levels.findIndex((paths) => (shows === 'always' ? paths.every(isBroken) : paths.some(isBroken)))
  const count = shows === 'never' ? levels.length - 1 : broken
  return { lockstep, order: calls.slice(0, count), levels: levels.slice(0, count + 1), shows }
}

function isBroken(path: Path): boolean {
  return path.isBroken
}

function makeAll(lockstep: Lockstep, calls: readonly TraceCall[]): readonly (readonly Path[])[] {
  const levels: (readonly Path[])[] = [lockstep.begin()]
  for (const call of calls) {
    const next = (levels.at(-1) ?? []).flatMap((path) => lockstep.make(path, call))
    if (next.length === 0) break
    levels.push(next.slice(0, mostPaths))
    if (next.every(isBroken)) break
  }
  return levels
}

/** A way that cannot go on to the next call is one that a real process may go as well: what follows is then not certain. */
function showsOf(levels: readonly (readonly Path[])[]): LockstepRun['shows'] {
  const last = levels.at(-1) ?? []
  if (!last.some(isBroken)) return 'never'
  const continued = new Set(levels.flat().map(({ before }) => before))
  const isLost = levels.slice(0, -1).some((paths) => paths.some((path) => !path.isBroken && !continued.has(path)))
  return last.every(isBroken) && !isLost ? 'always' : 'sometimes'
}

interface Tried {
  readonly path: Path
  readonly order: readonly TraceCall[]
}

/** Breadth first, so the shortest; each thread makes its own calls in their order. */
function findOrder(lockstep: Lockstep, calls: readonly TraceCall[]): readonly TraceCall[] | undefined {
  const queue: Tried[] = lockstep.begin().map((path) => ({ path, order: [] }))
  const seen = new Set<string>()
  for (const here of queue) {
    for (const next of triedAfter(lockstep, calls, here)) {
      if (next.path.isBroken) return next.order
      const key = `${next.path.state.join()};${next.order.length}`
      if (!seen.has(key) && seen.size < mostTries) queue.push(next)
      seen.add(key)
    }
  }
  return undefined
}

/** Each thread's next call, made now. */
function triedAfter(lockstep: Lockstep, calls: readonly TraceCall[], { path, order }: Tried): readonly Tried[] {
  const rest = calls.filter((call) => !order.includes(call))
  const next = rest.filter((call, i) => rest.findIndex(({ process }) => process === call.process) === i)
  return next.flatMap((call) => lockstep.make(path, call).map((after) => ({ path: after, order: [...order, call] })))
}

/** Calls of the trace within which another thread takes a step although the calling thread could have gone on. */
function interruptedCalls(lockstep: Lockstep, { system, trace }: Counterexample): readonly string[] {
  const interrupted = new Set<string>()
  for (const [i, step] of trace.steps.entries()) {
    const next = trace.steps[i + 1]
    const call = system.actions[step.action]?.call
    if (next === undefined || call === undefined || next.process === step.process) continue
    const later = trace.steps.slice(i + 1).find(({ process }) => process === step.process)
    const goesOn = later === undefined ? undefined : system.actions[later.action]
    const isReady = goesOn?.call === call && lockstep.value(goesOn.guard, step.state) !== 0
    if (isReady) interrupted.add(`${call.name} of ${system.processes[step.process] ?? ''}`)
  }
  return [...interrupted]
}
