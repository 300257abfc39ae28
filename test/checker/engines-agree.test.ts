import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { circumstances } from '../arbitraries/circumstances.ts'
import { systemsWithProperties } from '../arbitraries/property.ts'
import { replicatedSystems } from '../arbitraries/replicated-system.ts'
import { compareEngines } from '../support/compare-engines.ts'

describe('the generated engines', () => {
  it('agree with the reference on states, verdicts, traces and errors of 1,000 random systems, with one thread and two', async () => {
    let compared = 0
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(systemsWithProperties(), replicatedSystems()),
        circumstances(),
        async ({ system, properties }, circumstances) => {
          await compareEngines(system, properties, circumstances)
          compared += 1
        },
      ),
      { numRuns: 1_000 },
    )
    expect(compared).toBe(1_000)
  }, 600_000)
})
