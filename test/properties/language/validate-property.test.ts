import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeDiagnostic } from '../../../src/foundation/diagnostic.ts'
import { actor, after as afterwards, equal, happens, integer, literal, variable } from '../../../src/model/language/builder.ts'
import { orNone, range, scalarset } from '../../../src/model/language/domain.ts'
import type { Expression } from '../../../src/model/language/expression.ts'
import type { Property } from '../../../src/properties/language/property.ts'
import { validateProperty } from '../../../src/properties/language/validate-property.ts'
import { systemsWithProperties } from '../../arbitraries/property.ts'
import { smallSystems } from '../../support/systems.ts'

const thread = scalarset('thread', { interchangeable: 2 })
const owner = variable('owner', orNone(thread)).at()
const inside = variable('inside', range(0, 2)).at()

function mistakesIn(property: Pick<Property, 'kind' | 'premise'> & object): readonly string[] {
  return validateProperty(smallSystems.mutex, { name: 'claim', says: 'a claim', ...property } as Property).map(describeDiagnostic)
}

describe('validateProperty', () => {
  it('accepts every random property', () => {
    fc.assert(
      fc.property(systemsWithProperties(), ({ system, properties }) => {
        expect(properties.flatMap((property) => validateProperty(system, property))).toEqual([])
      }),
    )
  }, 60_000)

  it('lets a forbidden transition and a premise speak of transitions, and of monitors', () => {
    const forbids: Expression = equal(afterwards(owner), actor(thread))
    expect(mistakesIn({ kind: 'forbidden-transition', forbids, premise: happens('enters') } as Property)).toEqual([])
    const holds = equal(inside, integer(1))
    expect(mistakesIn({ kind: 'invariant', holds } as Property)).toEqual([])
  })

  it('refuses transition terms in an invariant and in a goal (MC402)', () => {
    const formula = equal(afterwards(owner), literal(thread, 0))
    expect(mistakesIn({ kind: 'invariant', holds: formula } as Property)).toMatchInlineSnapshot(`
      [
        "MC402: system mutex, property claim, holds: "after" speaks of a transition, but here a single state is asked
        Use it in a forbidden transition, or in a premise.",
      ]
    `)
    expect(mistakesIn({ kind: 'reachable', goal: formula } as Property)).toHaveLength(1)
  })

  it('refuses an actor among another number than there are processes (MC102)', () => {
    const forbids = equal(actor(range(0, 2)), integer(1))
    expect(mistakesIn({ kind: 'forbidden-transition', forbids } as Property)).toMatchInlineSnapshot(`
      [
        "MC102: system mutex, property claim, forbids: "actor" is asked for as one of 0..2; expected a domain of 2 members, one for each process
        Use the domain that lists the processes.",
      ]
    `)
  })

  it('refuses a domain that shares the name of one of the system and has other members (MC106)', () => {
    const three = scalarset('thread', { interchangeable: 3 })
    const holds = equal(owner, literal(three, 2))
    expect(mistakesIn({ kind: 'invariant', holds } as Property)).toMatchInlineSnapshot(`
      [
        "MC106: system mutex, property claim, holds: two domains named "thread" have unlike members
        Give one of them another name.",
      ]
    `)
  })
})
