import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { systemsWithProperties } from '../arbitraries/property.ts'
import { compareEngines } from '../support/compare-engines.ts'

describe('the generated engines', () => {
  it('agrees with the reference on states, verdicts, traces and errors of 500 random systems', async () => {
    let compared = 0
    await fc.assert(
      fc.asyncProperty(systemsWithProperties(), async ({ system, properties }) => {
        await compareEngines(system, properties)
        compared += 1
      }),
      { numRuns: 500 },
    )
    expect(compared).toBe(500)
  }, 180_000)
})
