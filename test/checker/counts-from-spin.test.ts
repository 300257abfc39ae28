import { describe, expect, it } from 'vitest'
import { check } from '../../src/checker/check.ts'
import type { Property } from '../../src/properties/language/property.ts'
import { dining, peterson, smallGil } from '../support/spin-systems.ts'

/**
 * Counts by SPIN 6.5.2 on the models of test/oracle/spin, without reduction:
 *
 *     spin -DN=3 -a gil.pml && gcc -O2 -DSAFETY -DNOREDUCE -o pan pan.c && ./pan -E
 *
 * SPIN counts one state more where an `init` starts the processes (gil.pml: 1,638 and 21,412 and 277,318; dining.pml: 27).
 */
const noDeadlock: Property = { kind: 'no-deadlock', name: 'no-deadlock', says: 'Nobody waits for ever.' }

describe('the number of distinct states is the one SPIN counts', () => {
  it.each([
    [smallGil(2), 1_637],
    [smallGil(3), 21_411],
    [smallGil(4), 277_317],
    [peterson(), 20],
    [dining(), 26],
  ])('for $name', async (system, states) => {
    const result = await check(system, [noDeadlock], {})
    expect(result).toMatchObject({ ok: true, value: { statistics: { distinctStates: states } } })
  })

  it('and the philosophers deadlock as they do in SPIN, Peterson does not', async () => {
    expect(await check(dining(), [noDeadlock], {})).toMatchObject({ value: { verdicts: [{ kind: 'violated' }] } })
    expect(await check(peterson(), [noDeadlock], {})).toMatchObject({ value: { verdicts: [{ kind: 'holds' }] } })
  })
})
