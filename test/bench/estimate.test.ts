import { describe, expect, it } from 'vitest'
import { estimateFor, expectedStates } from '../../bench/run/estimate.ts'
import type { Cell } from '../../bench/run/results.ts'

const megabyte = 2 ** 20

const measured: Cell = {
  model: 'three',
  size: 3,
  tool: 'a tool',
  reductions: '',
  emptyPeakBytes: 10 * megabyte,
  outcome: { kind: 'measured', runs: [{ states: 1000, seconds: 2, cpuSeconds: 2, peakBytes: 30 * megabyte }] },
}

describe('the number of states that is expected', () => {
  it('is the one that was counted', () => {
    expect(expectedStates(3, [{ size: 3, states: 1000 }])).toBe(1000)
  })
  it('grows on as it did between the last two sizes', () => {
    const known = [1, 2, 3].map((size) => ({ size, states: 10 ** size }))
    expect(expectedStates(4, known)).toBeCloseTo(10_000)
    expect(expectedStates(5, known)).toBeCloseTo(100_000)
  })
  it('is unknown after one size', () => {
    expect(expectedStates(4, [{ size: 3, states: 1000 }])).toBeUndefined()
  })
})

describe('what a search is expected to take', () => {
  it('is the same time and memory for each further state, beside what a process takes for itself', () => {
    const states = new Map([
      [3, 1000],
      [4, 10_000],
    ])
    expect(estimateFor(4, [measured], (size) => states.get(size))).toEqual({
      states: 10_000,
      seconds: 20,
      peakBytes: 210 * megabyte,
      fromSeconds: 2,
    })
  })
  it('is unknown for a tool that finished nothing', () => {
    const cell: Cell = { ...measured, outcome: { kind: 'does-not-fit', why: 'time', wasTried: true } }
    expect(estimateFor(4, [cell], () => 1000)).toBeUndefined()
  })
})
