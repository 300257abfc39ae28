import { describe, expect, it } from 'vitest'
import { ExactStore } from '../../../src/checker/store/exact-store.ts'
import { hashVector } from '../../../src/checker/store/hash-vector.ts'
import { noAction, noState } from '../../../src/checker/store/state-store.ts'
import { stateStoreSuite } from './state-store.suite.ts'

stateStoreSuite('exact store', (width) => new ExactStore(width, { actionCount: 70_000 }))
stateStoreSuite('exact store with room for one state', (width) => new ExactStore(width, { actionCount: 70_000, capacity: 1 }))

describe('exact store', () => {
  it('never confuses states', () => {
    expect(new ExactStore(1, { actionCount: 1 }).collisionProbability).toBe(0)
  })

  it('keeps the last of 65535 actions in two bytes', () => {
    const store = new ExactStore(1, { actionCount: 65_535 })
    const root = store.insert(Int32Array.of(0), 0, noState, noAction)
    const state = store.insert(Int32Array.of(1), 0, root, 65_534)
    expect(store.actionOf(state)).toBe(65_534)
  })

  it('stores the only state of a system without variables', () => {
    const store = new ExactStore(0, { actionCount: 1 })
    expect(store.insert(new Int32Array(0), 0, noState, noAction)).toBe(0)
    expect(store.insert(new Int32Array(0), 0, noState, noAction)).toBe(0)
    expect(store.size).toBe(1)
  })

  it('holds 4 bytes per word, 4 for the predecessor, 2 for the action and 8 of table for each of 64 states', () => {
    // 64 states of 3 words: 64 * (12 + 4 + 2) = 1152, and a table of 128 slots of 4 bytes.
    expect(new ExactStore(3, { actionCount: 10, capacity: 64 }).bytes).toBe(1152 + 512)
  })
})

describe('hash of a vector', () => {
  it('spreads small numbers evenly over the low 20 bits', () => {
    const hashes = new Set<number>()
    for (let i = 0; i < 100_000; i++) hashes.add(hashVector(Int32Array.of(i & 7, i >> 3), 0, 2) & 0xf_ffff)
    // 100000 balls in 2^20 boxes: about 95300 boxes are hit if the low 20 bits are even.
    expect(hashes.size).toBeGreaterThan(95_000)
  })

  it('tells the order of words, and words from their absence', () => {
    const hashes = [[1, 2], [2, 1], [1], [1, 0], [0, 1], [0], [0, 0], []].map((words) =>
      hashVector(Int32Array.from(words), 0, words.length),
    )
    expect(new Set(hashes).size).toBe(hashes.length)
  })
})
