import { describe, expect, it } from 'vitest'
import { readRumur } from '../../bench/tools/rumur.ts'
import { readSpin } from '../../bench/tools/spin.ts'

/** Printed by SPIN 6.5.2 on test/oracle/spin/gil.pml. */
const spinFinished = `State-vector 28 byte, depth reached 18843, errors: 0
   277318 states, stored
   984988 states, matched

Stats on memory usage (in Megabytes):
   12.695	equivalent memory usage for states (stored*(State-vector + overhead))
   10.923	actual memory usage for states (compression: 86.04%)
`

/** Printed by what Rumur 2022.08.20 generates. */
const rumurFinished = `	* The size of each state is 38 bits (rounded up to 5 bytes).

Status:

	No error found.

State Space Explored:

	277317 states, 1262304 rules fired in 2s.
`

describe('what SPIN prints', () => {
  it('says how many states there are, those of its start left out', () => {
    expect(readSpin(spinFinished, { startUpStates: 1 })).toMatchObject({ states: 277_317 })
  })
  it('says what a state takes', () => {
    const read = readSpin(spinFinished, { startUpStates: 1 })
    expect(read).toMatchObject({ ownBytesPerState: expect.closeTo(41.3, 1) })
  })
  it('is no count where a state was wrong', () => {
    expect(() => readSpin(spinFinished.replace('errors: 0', 'errors: 1'), { startUpStates: 1 })).toThrow(/did not finish/)
  })
  it('is no count where the stack was too small', () => {
    expect(() => readSpin(`error: max search depth too small\n${spinFinished}`, { startUpStates: 1 })).toThrow(/did not finish/)
  })
  it('says that memory ran out', () => {
    expect(readSpin(`pan: reached -DMEMLIM bound\n${spinFinished}`, { startUpStates: 1 })).toBe('out of memory')
  })
})

describe('what Rumur prints', () => {
  it('says how many states there are and what one takes', () => {
    expect(readRumur(rumurFinished)).toEqual({ states: 277_317, ownBytesPerState: 5 })
  })
  it('is no count where an error was found', () => {
    expect(() => readRumur(rumurFinished.replace('No error found', '1 error(s) found'))).toThrow(/did not finish/)
  })
})
