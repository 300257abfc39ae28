import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExportTarget } from '../../src/export/export-request.ts'
import { action, add, assign, integer, truth, variable } from '../../src/model/language/builder.ts'
import { range } from '../../src/model/language/domain.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import type { Property } from '../../src/properties/language/property.ts'
import type { CheckedSystem } from '../arbitraries/property.ts'
import { systemsWithProperties } from '../arbitraries/property.ts'
import { countHere, exportedFiles } from '../support/export-and-count.ts'
import { runForeignChecker } from '../support/foreign-checkers.ts'
import { dining, peterson } from '../support/spin-systems.ts'
import { smallSystems } from '../support/systems.ts'

/** Seconds each; a busy machine takes several times as long. */
const timeout = 600_000

const targets: readonly (readonly [ExportTarget, number])[] = [
  ['promela', 20],
  ['murphi', 8],
  ['tla', 100],
]

/** The other checker finds as many states as ours, and goes wrong just where the model does. */
async function expectEqual(target: ExportTarget, system: TransitionSystem): Promise<void> {
  const expects = await countHere(system)
  const { states, wentWrong } = runForeignChecker(target, exportedFiles(target, system, { expects }))
  expect(wentWrong).toBe(expects.kind === 'goes-wrong')
  if (expects.kind === 'counted') expect(states).toBe(expects.states)
}

/** The other checker goes wrong just where a property that it can say is violated. */
async function expectSameVerdict(target: ExportTarget, { system, properties }: CheckedSystem): Promise<void> {
  const said = properties.filter(({ kind }) => kind !== 'reachable' && kind !== 'can-always-reach')
  const expects = await countHere(system, said)
  const { states, wentWrong } = runForeignChecker(target, exportedFiles(target, system, { properties, expects }))
  expect(wentWrong).toBe(expects.kind !== 'counted' || expects.violated.length > 0)
  if (expects.kind === 'counted' && !wentWrong) expect(states).toBe(expects.states)
}

describe.each(targets)('the checker of %s', (target, systems) => {
  it('counts the states of random systems as we do, and finds what violates their properties', { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(systemsWithProperties(), async (checked) => {
        await expectEqual(target, checked.system)
        await expectSameVerdict(target, checked)
      }),
      { numRuns: systems, endOnFailure: true },
    )
  })

  it.each(Object.entries({ ...smallSystems, peterson: peterson(), dining: dining() }))(
    'counts the states of %s as we do',
    { timeout },
    async (_, system) => {
      await expectEqual(target, system)
    },
  )

  it('finds the deadlock of the philosophers', { timeout }, async () => {
    const properties: readonly Property[] = [{ kind: 'no-deadlock', name: 'no-deadlock', says: 'Nobody waits for ever.' }]
    await expectSameVerdict(target, { system: dining(), properties })
    await expectSameVerdict(target, { system: peterson(), properties })
  })

  it('counts states that differ in a monitor that nothing reads', { timeout }, async () => {
    const seen = variable('seen', range(0, 3), { role: 'monitor' })
    const phase = variable('phase', range(0, 1))
    const system: TransitionSystem = {
      name: 'written only',
      processes: ['one'],
      variables: [seen.declaration, phase.declaration],
      actions: [
        action('sees', { assign: [assign(seen.at(), integer(2))] }),
        action('moves', { assign: [assign(phase.at(), add(integer(1), integer(0)))] }),
      ],
      final: truth,
      allocations: [],
    }
    await expectEqual(target, system)
  })
})
