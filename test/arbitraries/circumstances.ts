import fc from 'fast-check'
import type { Circumstances } from '../support/compare-engines.ts'

/** Mostly a search to the end without reductions; else limits of states and depth, an early end, identities renamed, processes put into order. */
export function circumstances(): fc.Arbitrary<Circumstances> {
  return fc
    .record({
      states: fc.option(fc.integer({ min: 1, max: 300 }), { freq: 2 }),
      depth: fc.option(fc.integer({ min: 1, max: 12 }), { freq: 2 }),
      stopAt: fc.constantFrom('end' as const, 'end' as const, 'first-violation' as const, 'every-property-decided' as const),
      renaming: fc.boolean(),
      symmetry: fc.boolean(),
    })
    .map(({ states, depth, stopAt, renaming, symmetry }) => ({
      limits: { ...(states === null ? {} : { states }), ...(depth === null ? {} : { depth }) },
      stopAt,
      reductions: [...(renaming ? (['identity-renaming'] as const) : []), ...(symmetry ? (['process-symmetry'] as const) : [])],
    }))
}
