import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileSystem } from '../../../src/checker/compile/compile.ts'
import { exploreBreadthFirst } from '../../../src/checker/explore/breadth-first.ts'
import type { SearchOptions, SearchOutcome } from '../../../src/checker/explore/search.ts'
import { SearchWatch } from '../../../src/checker/search-watch.ts'
import type { CheckedSystem } from '../../arbitraries/property.ts'
import { systemsWithProperties } from '../../arbitraries/property.ts'
import { helpersFromSources } from '../../support/search-helpers.ts'

const helpers = helpersFromSources(1, 1)

async function explored({ system, properties }: CheckedSystem, options: Partial<SearchOptions>): Promise<Omit<SearchOutcome, 'bytes'>> {
  const compiled = compileSystem(system, properties, { renaming: false })
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics))
  const limits = { states: 20_000 }
  const { bytes: _, ...outcome } = await exploreBreadthFirst(compiled.value, properties, {
    limits,
    watch: new SearchWatch(limits, {}),
    stopAt: 'end',
    actionCount: system.actions.length,
    ...options,
  })
  return outcome
}

describe('a search that goes on in WebAssembly', () => {
  it.each([
    ['one thread', undefined],
    ['two threads', helpers],
  ])(
    'ends as one in JavaScript, wherever it was handed over, with %s',
    async (_, helpers) => {
      await fc.assert(
        fc.asyncProperty(systemsWithProperties(), fc.integer({ min: 1, max: 60 }), async (checked, at) => {
          const expected = await explored(checked, {})
          const handOver = { at, isRequired: true }
          expect(await explored(checked, { handOver, ...(helpers === undefined ? {} : { helpers }) })).toEqual(expected)
        }),
        { numRuns: 150 },
      )
    },
    120_000,
  )
})
