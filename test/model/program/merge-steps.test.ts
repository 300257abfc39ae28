import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { check } from '../../../src/checker/check.ts'
import { equal, happens, integer, less } from '../../../src/model/language/builder.ts'
import type { ProgramSystem } from '../../../src/model/program/to-system.ts'
import { systemOf } from '../../../src/model/program/to-system.ts'
import type { Property } from '../../../src/properties/language/property.ts'
import { variablesRead } from '../../../src/properties/language/variables-read.ts'
import type { RandomStatement } from '../../arbitraries/program.ts'
import { randomPrograms, shared, writeProgram } from '../../arbitraries/program.ts'

const properties: readonly Property[] = [
  { kind: 'invariant', name: 'level-stays-low', says: 'The level stays below 3.', holds: less(shared.level.at(), integer(3)) },
  { kind: 'invariant', name: 'never-seen-two', says: 'Two is never seen.', holds: less(shared.seen.at(), integer(2)) },
  { kind: 'forbidden-transition', name: 'nobody-writes-three', says: 'Nobody writes 3.', forbids: happens('writes 3') },
  { kind: 'forbidden-transition', name: 'nobody-insists-in-vain', says: 'Nobody insists in vain.', forbids: happens('fatal error') },
  { kind: 'no-deadlock', name: 'no-deadlock', says: 'Nobody waits for ever.' },
  {
    kind: 'can-always-reach',
    name: 'always-level-one',
    says: 'Level 1 can always be reached.',
    goal: equal(shared.level.at(), integer(1)),
  },
  {
    kind: 'can-always-reach',
    name: 'always-nothing',
    says: 'Nothing seen can always be reached.',
    goal: equal(shared.seen.at(), integer(0)),
  },
  { kind: 'reachable', name: 'level-one', says: 'Level 1 can be reached.', goal: equal(shared.level.at(), integer(1)) },
]
const visible = new Set(properties.flatMap((property) => [...variablesRead(property)]))

function systemFor(programs: readonly (readonly RandomStatement[])[], merge: boolean): ProgramSystem {
  return systemOf(
    programs.map((statements, i) => writeProgram(`process ${i + 1}`, statements)),
    { name: 'random', variables: Object.values(shared).map((handle) => handle.declaration), merge, visible },
  )
}

describe('merging steps', () => {
  it('changes no verdict on random programs, and never adds states', async () => {
    await fc.assert(
      fc.asyncProperty(randomPrograms, async (programs) => {
        const [merged, plain] = await Promise.all([true, false].map((merge) => check(systemFor(programs, merge).system, properties, {})))
        if (merged === undefined || plain === undefined || !merged.ok || !plain.ok) throw new Error('a random program is refused')
        expect(merged.value.verdicts.map(({ kind }) => kind)).toEqual(plain.value.verdicts.map(({ kind }) => kind))
        expect(merged.value.statistics.distinctStates).toBeLessThanOrEqual(plain.value.statistics.distinctStates)
      }),
      { numRuns: 300 },
    )
  }, 20_000)

  it('keeps a step that another process can see', () => {
    const program: readonly RandomStatement[] = [{ kind: 'local', value: 1 }, { kind: 'write' }, { kind: 'write' }]
    const merged = systemFor([program, []], true)
    // By hand: "local" joins nothing before it, the two writes stay apart; process 2 has its one empty step.
    expect(merged.system.actions.map(({ name }) => name)).toEqual([
      'process 1 goes on',
      'process 1 writes',
      'process 1 writes (2)',
      'process 2 goes on',
    ])
  })

  it('joins a run of private steps with the visible step before them', () => {
    const program: readonly RandomStatement[] = [{ kind: 'read' }, { kind: 'count' }, { kind: 'count' }, { kind: 'write' }]
    expect(systemFor([program, []], true).system.actions).toHaveLength(3)
    expect(systemFor([program, []], false).system.actions).toHaveLength(5)
  })
})
