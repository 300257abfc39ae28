import { describe, expect, it } from 'vitest'
import { traceToItf } from '../../../src/checker/trace/itf.ts'
import { traceOf } from '../../../src/checker/trace/trace.ts'
import { variable } from '../../../src/model/language/builder.ts'
import { boolean, enumeration, range } from '../../../src/model/language/domain.ts'
import { smallSystems } from '../../support/systems.ts'

describe('a trace in the Informal Trace Format', () => {
  it('has integers as bigints, names for identities, and the step in the meta data', () => {
    expect(traceToItf(smallSystems.mutex, traceOf(smallSystems.mutex, [2, 3]))).toEqual({
      '#meta': {
        format: 'ITF',
        'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
        description: 'A trace of mutex',
      },
      vars: ['owner', 'inside'],
      states: [
        { '#meta': { index: 0 }, owner: 'none', inside: { '#bigint': '0' } },
        {
          '#meta': { index: 1, action: 'right locks', process: 'right' },
          owner: 'thread 2',
          inside: { '#bigint': '1' },
        },
        {
          '#meta': { index: 2, action: 'right unlocks', process: 'right' },
          owner: 'none',
          inside: { '#bigint': '0' },
        },
      ],
    })
  })

  it('has arrays as maps, arrays of two indices as maps of maps', () => {
    const colour = enumeration('colour', ['red', 'blue'])
    const grid = variable('grid', boolean, { indexedBy: [colour, range(1, 2)], initial: [0, 1, 1, 0] })
    const system = { ...smallSystems.counter, variables: [grid.declaration], actions: [] }
    const row = (first: boolean, second: boolean) => ({
      '#map': [
        [{ '#bigint': '1' }, first],
        [{ '#bigint': '2' }, second],
      ],
    })

    const [state] = traceToItf(system, traceOf(system, [])).states

    expect(state?.['grid']).toEqual({
      '#map': [
        ['red', row(false, true)],
        ['blue', row(true, false)],
      ],
    })
  })
})
