import type { Cell, Estimate } from './results.ts'
import { isMeasured, medianRun } from './results.ts'

/** A size of a family and how many states it has, counted or estimated. */
export interface SizeAndStates {
  readonly size: number
  readonly states: number
}

/**
 * States of a model of that size: counted where a tool did it, otherwise extrapolated from the two sizes before, as if the growth stayed what it
 * was. Undefined where there are no two.
 */
export function expectedStates(size: number, known: readonly SizeAndStates[]): number | undefined {
  const counted = known.find((each) => each.size === size)
  if (counted !== undefined) return counted.states
  const before = known.filter((each) => each.size < size).sort((a, b) => b.size - a.size)
  const [last, one] = before
  if (last === undefined || one === undefined) return undefined
  return last.states * (last.states / one.states) ** (size - last.size)
}

/**
 * What a tool would take for a model, from the largest size that it has searched: the same time and memory for each further state. The true
 * figures tend to be larger, as caches hit less often in a larger store. `statesOf` says how many states a size has without reductions; a
 * reduction is taken to leave out the same share of them. Undefined where the tool has searched none.
 */
export function estimateFor(size: number, earlier: readonly Cell[], statesOf: (size: number) => number | undefined): Estimate | undefined {
  const last = earlier.filter(isMeasured).sort((a, b) => b.size - a.size)[0]
  if (last === undefined) return undefined
  const [states, before] = [statesOf(size), statesOf(last.size)]
  if (states === undefined || before === undefined) return undefined
  const growth = states / before
  const run = medianRun(last)
  const empty = last.emptyPeakBytes ?? 0
  return {
    states: run.states * growth,
    seconds: run.seconds * growth,
    fromSeconds: run.seconds,
    peakBytes: empty + Math.max(0, run.peakBytes - empty) * growth,
  }
}
