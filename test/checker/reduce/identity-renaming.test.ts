import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { identityRenaming } from '../../../src/checker/reduce/identity-renaming.ts'
import type { TransitionSystem } from '../../../src/model/language/transition-system.ts'
import { systemsWithProperties } from '../../arbitraries/property.ts'
import { toyCheck } from '../../oracle/toy-checker.ts'
import { toyOrbits } from '../../oracle/toy-orbits.ts'
import { smallSystems } from '../../support/systems.ts'
import { bothEngines, exploreCompiled } from '../compile/explore-compiled.ts'

const allocating = systemsWithProperties().filter(({ system }) => system.allocations.length > 0)

/** Milliseconds; far more than random tests take on an idle machine. */
const timeout = 60_000

describe('identity renaming', () => {
  it('leaves every verdict of every kind it claims to preserve, and whether it was exercised', { timeout }, () => {
    fc.assert(
      fc.property(allocating, ({ system, properties }) => {
        expect(properties.every(({ kind }) => identityRenaming.preserves.has(kind))).toBe(true)
        const { violated, exercised, error } = toyCheck(system, properties)
        const renamed = exploreCompiled(bothEngines(system, properties, true).generated, properties)
        expect(renamed.error === undefined).toBe(error === undefined)
        if (error === undefined) expect(renamed).toMatchObject({ violated, exercised })
      }),
      { numRuns: 60 },
    )
  })

  it('visits one state of each orbit of a random system with one allocation', { timeout }, () => {
    fc.assert(
      fc.property(allocating, ({ system }) => {
        const toy = toyCheck(system)
        if (toy.error === undefined) expect(statesRenamed(system)).toBe(toyOrbits(system, toy.states))
      }),
      { numRuns: 60 },
    )
  })

  it('visits one state of each orbit where members of one allocation lead to those of another', () => {
    const system = smallSystems.interpretersWithThreadStates
    expect(statesRenamed(system)).toBe(toyOrbits(system, toyCheck(system).states))
  })

  it('visits 9 of the 17 states of the pool', () => {
    // 17 by the toy checker; 9 by its orbits.
    expect(toyCheck(smallSystems.pool).states.size).toBe(17)
    expect(statesRenamed(smallSystems.pool)).toBe(9)
  })
})

function statesRenamed(system: TransitionSystem): number {
  return exploreCompiled(bothEngines(system, [], true).generated, []).states.size
}
