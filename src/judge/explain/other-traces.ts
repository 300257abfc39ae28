import { compileSystem } from '../../checker/compile/compile.ts'
import { findShortestTraces } from '../../checker/explore/shortest-trace.ts'
import type { SearchLimits } from '../../checker/search-limits.ts'
import type { Surveillance } from '../../checker/search-watch.ts'
import { confirm } from '../../checker/trace/replay.ts'
import type { Trace } from '../../checker/trace/trace.ts'
import { countContextSwitches, traceOf } from '../../checker/trace/trace.ts'
import type { Checked } from '../../foundation/diagnostic.ts'
import { InternalError } from '../../foundation/diagnostic.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import { describeLimit } from '../describe-limit.ts'
import type { Restriction } from './restrict.ts'
import { restrict } from './restrict.ts'
import type { Shown } from './run-again.ts'

export interface OtherTraceOptions extends Surveillance {
  /** Of each search. */
  readonly limits: SearchLimits
  /** Called before each search, with its number from 1. */
  readonly onSearch?: (number: number) => void
}

/** The trace in which the fewest threads act and, among those, with the fewest context switches, as far as the searches went. */
export interface SimplestTrace {
  readonly trace: Trace
  /** Names of the threads that act in it. */
  readonly threads: readonly string[]
  readonly contextSwitches: number
  /** What cut searches short that could have found a simpler one: "2 threads: 400,000 states stored". */
  readonly limits: readonly string[]
  readonly searches: number
}

/**
 * Searches again with processes switched off: sets of one, of two and so on, up to those of the trace; the first size that shows the violation
 * has the fewest. Then with fewer and fewer context switches. Undefined for traps: what can still happen is a question to all processes.
 */
export async function findSimplestTrace(shown: Shown, options: OtherTraceOptions): Promise<Checked<SimplestTrace | undefined>> {
  if (shown.property.kind === 'can-always-reach') return { ok: true, value: undefined }
  const searches = new RestrictedSearches(shown, options)
  const fewest = await searches.withFewestThreads()
  if (!fewest.ok) return fewest
  const simplest = await searches.withFewestSwitches(fewest.value)
  if (!simplest.ok) return simplest
  const { value: trace } = simplest
  const threads = shown.system.processes.filter((_, process) => threadsOf(trace).has(process))
  return {
    ok: true,
    value: { trace, threads, contextSwitches: countContextSwitches(trace), limits: searches.limits, searches: searches.count },
  }
}

/** Sets of processes in which as few act as in any that shows the violation, and the simplest trace seen so far. */
interface Fewest {
  readonly candidates: readonly ReadonlySet<number>[]
  readonly trace: Trace
}

class RestrictedSearches {
  readonly #shown: Shown
  readonly #options: OtherTraceOptions
  readonly limits: string[] = []
  count = 0

  constructor(shown: Shown, options: OtherTraceOptions) {
    this.#shown = shown
    this.#options = options
  }

  async withFewestThreads(): Promise<Checked<Fewest>> {
    const { system, trace } = this.#shown
    const acting = threadsOf(trace)
    for (let size = 1; size < acting.size; size++) {
      const found: { readonly processes: ReadonlySet<number>; readonly trace: Trace }[] = []
      for (const processes of subsetsOf(system.processes.length, size)) {
        const result = await this.#search({ processes })
        if (!result.ok) return result
        if (result.value !== undefined) found.push({ processes, trace: result.value })
      }
      const [best] = [...found].sort((one, other) => bySimplicity(one.trace, other.trace))
      if (best !== undefined) return { ok: true, value: { candidates: found.map(({ processes }) => processes), trace: best.trace } }
    }
    return { ok: true, value: { candidates: [acting], trace } }
  }

  async withFewestSwitches({ candidates, trace }: Fewest): Promise<Checked<Trace>> {
    let best = trace
    for (const processes of candidates) {
      for (let switches = countContextSwitches(best) - 1; switches >= processes.size - 1; ) {
        const result = await this.#search({ processes, switches })
        if (!result.ok) return result
        if (result.value === undefined) break
        best = result.value
        switches = countContextSwitches(best) - 1
      }
    }
    return { ok: true, value: best }
  }

  async #search(restriction: Restriction): Promise<Checked<Trace | undefined>> {
    const { system, property } = this.#shown
    this.count++
    this.#options.onSearch?.(this.count)
    const found = await findShortestTraces(restrict(system, restriction, property.kind), [property], {
      ...this.#options,
      compile: compileSystem,
    })
    if (!found.ok) return found
    const [result] = found.value
    if (result?.kind === 'undecided') this.limits.push(`${describeRestriction(system, restriction)}: ${describeLimit(result.limit)}`)
    if (result?.kind !== 'found') return { ok: true, value: undefined }
    // Actions have the same positions in the whole system; the violation has to show there.
    const own = traceOf(
      system,
      result.trace.steps.map(({ action }) => action),
    )
    if (confirm(system, property, own)) return { ok: true, value: own }
    throw new InternalError('MC901', `a restricted search found a trace that does not show ${property.name}`)
  }
}

function describeRestriction(system: TransitionSystem, { processes, switches }: Restriction): string {
  const threads = system.processes.filter((_, process) => processes.has(process)).join(' and ')
  return switches === undefined ? `${threads} alone` : `${threads} with at most ${switches} context switches`
}

function threadsOf({ steps }: Trace): ReadonlySet<number> {
  return new Set(steps.map(({ process }) => process))
}

function bySimplicity(one: Trace, other: Trace): number {
  return countContextSwitches(one) - countContextSwitches(other) || one.steps.length - other.steps.length
}

function subsetsOf(count: number, size: number): readonly ReadonlySet<number>[] {
  const build = (from: number, left: number): readonly (readonly number[])[] =>
    left === 0
      ? [[]]
      : Array.from({ length: Math.max(0, count - from) }, (_, i) => from + i).flatMap((first) =>
          build(first + 1, left - 1).map((rest) => [first, ...rest]),
        )
  return build(0, size).map((positions) => new Set(positions))
}
