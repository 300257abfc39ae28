import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StateIndex, StateStore } from '../../../src/checker/store/state-store.ts'
import { noAction, noState } from '../../../src/checker/store/state-store.ts'

/** What every store does, whatever it keeps. `create` gives an empty store for vectors of so many words and up to 70000 actions. */
export function stateStoreSuite(name: string, create: (width: number) => StateStore): void {
  const vectors = fc
    .integer({ min: 1, max: 4 })
    .chain((width) => fc.array(fc.array(fc.integer({ min: -2, max: 2 }), { minLength: width, maxLength: width })))

  describe(name, () => {
    it('gives equal vectors one index, in order of arrival, and different vectors different ones', () => {
      fc.assert(
        fc.property(vectors, (inserted) => {
          const store = create(inserted[0]?.length ?? 1)
          const twin = new Map<string, number>()
          for (const vector of inserted) {
            const text = vector.join()
            const isNew = !twin.has(text)
            if (isNew) twin.set(text, twin.size)
            expect(store.find(Int32Array.from(vector), 0)).toBe(isNew ? noState : twin.get(text))
            expect(store.insert(Int32Array.from(vector), 0, noState, noAction)).toBe(twin.get(text))
            expect(store.wasNew).toBe(isNew)
            expect(store.size).toBe(twin.size)
          }
        }),
      )
    })

    it('keeps 20000 states, with what led to them, through growing', () => {
      const store = create(2)
      const count = 20_000
      for (let i = 0; i < count; i++) store.insert(Int32Array.of(7, i, i * i), 1, (i - 1) as StateIndex, i)
      const read = new Int32Array(3)
      const wrong: number[] = []
      for (let i = 0; i < count; i++) {
        store.read(i as StateIndex, read, 1)
        const isRight =
          read[1] === i &&
          read[2] === ((i * i) | 0) &&
          store.predecessorOf(i as StateIndex) === i - 1 &&
          store.actionOf(i as StateIndex) === i &&
          store.find(Int32Array.of(i, i * i), 0) === i
        if (!isRight) wrong.push(i)
      }
      expect(wrong).toEqual([])
      expect(store.size).toBe(count)
    })

    it('keeps the predecessor and the action of the first arrival', () => {
      const store = create(1)
      store.insert(Int32Array.of(5), 0, noState, noAction)
      store.insert(Int32Array.of(6), 0, 0 as StateIndex, 69_999)
      store.insert(Int32Array.of(6), 0, 1 as StateIndex, 3)
      store.insert(Int32Array.of(5), 0, 1 as StateIndex, 3)

      expect([store.predecessorOf(1 as StateIndex), store.actionOf(1 as StateIndex)]).toEqual([0, 69_999])
      expect([store.predecessorOf(0 as StateIndex), store.actionOf(0 as StateIndex)]).toEqual([noState, noAction])
    })

    it('reads a vector at an offset and writes no further', () => {
      const store = create(2)
      store.insert(Int32Array.of(9, 1, 2, 9), 1, noState, noAction)
      const into = Int32Array.of(-1, -1, -1, -1)

      store.read(0 as StateIndex, into, 1)

      expect([...into]).toEqual([-1, 1, 2, -1])
    })

    it('says how many bytes it holds, more after growing', () => {
      const store = create(3)
      const before = { bytes: store.bytes, capacity: store.capacity }

      expect(store.grow(Number.POSITIVE_INFINITY)).toBe(true)

      expect(store.bytes).toBeGreaterThan(before.bytes)
      expect(store.capacity).toBeGreaterThan(before.capacity)
    })

    it('refuses to grow beyond a memory limit, copies included, and loses nothing', () => {
      const store = create(2)
      store.insert(Int32Array.of(1, 2), 0, noState, noAction)
      const before = store.bytes

      expect(store.grow(before * 2)).toBe(false)

      expect(store.bytes).toBe(before)
      expect(store.find(Int32Array.of(1, 2), 0)).toBe(0)
    })

    it('never holds more than its memory limit, and uses about half of it', () => {
      const store = create(2)
      const limit = 1_000_000
      let held = store.bytes
      while (store.grow(limit)) {
        expect(held + store.bytes).toBeLessThanOrEqual(limit)
        held = store.bytes
      }
      expect(held).toBeGreaterThan(limit * 0.4)
    })

    it('throws for an index it never gave', () => {
      const store = create(1)
      for (const index of [-1, 0, Number.NaN]) {
        expect(() => store.read(index as StateIndex, new Int32Array(1), 0)).toThrow('MC901')
        expect(() => store.predecessorOf(index as StateIndex)).toThrow('MC901')
        expect(() => store.actionOf(index as StateIndex)).toThrow('MC901')
      }
    })

    it('gives a bound on mistaking two states for one', () => {
      const { collisionProbability } = create(1)
      expect(collisionProbability).toBeGreaterThanOrEqual(0)
      expect(collisionProbability).toBeLessThan(1e-6)
    })
  })
}
