import { describe, expect, it } from 'vitest'
import { gilLike } from '../../bench/models/gil-like.ts'
import { check } from '../../src/checker/check.ts'

/** Counts by SPIN 6.5.2 on test/oracle/spin/gil.pml, its one start-up state left out. */
describe('the small GIL that checkers are compared on', () => {
  it.each([
    [2, 1_637],
    [3, 21_411],
  ])('has with %i threads the %i states that SPIN counts', async (threads, states) => {
    const model = gilLike(threads).models.at(-1)
    if (model === undefined) throw new Error('no model')
    const checked = await check(model.system(), [], {})
    expect(checked).toMatchObject({ ok: true, value: { coverage: { kind: 'exhaustive' }, statistics: { distinctStates: states } } })
    expect(model.expectedStates).toBe(states)
  })

  it('begins with two threads and grows by one', () => {
    expect(gilLike(4).models.map(({ size }) => size)).toEqual([2, 3, 4])
  })
})
