import { describe, expect, it } from 'vitest'
import { contextOf } from '../../src/cli/render-finding.ts'
import { chartVocabulary, placesOf } from '../../src/judge/places.ts'
import { describeValue } from '../../src/model/language/domain.ts'
import { shapeOf } from '../../src/model/language/state.ts'
import { catalogs, committed } from '../conformance/committed-codes.ts'

const cells = [
  committed('end-interpreter-then-ensure', 'no-thread-waits-for-itself'),
  committed('mod-wsgi-pool', 'runs-in-its-interpreter'),
  committed('delete-anothers-thread-state', 'slots-never-dangle'),
]

describe('the places of a model', () => {
  it('and the changes that steps tell lead from the first state to the last', () => {
    for (const { system, trace, finding } of cells) {
      const places = placesOf(system)
      const values = new Map(places.map(({ what, initial }) => [what, initial]))
      for (const { changes } of finding.evidence?.steps ?? []) {
        for (const { what, from, to } of changes) {
          expect(values.get(what)).toBe(from)
          values.set(what, to)
        }
      }
      const { variables, domains } = shapeOf(system.variables)
      const isTold = variables.flatMap(({ role, initial }) => initial.map(() => role !== 'control'))
      const end = trace.steps.at(-1)?.state ?? []
      const told = end.flatMap((value, i) => (isTold[i] === true && domains[i] !== undefined ? [describeValue(domains[i], value)] : []))
      expect([...values.values()]).toEqual(told)
    }
  })

  it('have the names that charts and cards look for', () => {
    for (const { system, finding } of cells) {
      const { attached, isLocked, belongsTo, lives } = contextOf(finding, catalogs).vocabulary
      const variables = new Set(placesOf(system).map(({ variable }) => variable))
      const domains = new Set(placesOf(system).flatMap(({ indices }) => indices.map(({ of }) => of)))
      const { takenBy, thread, interpreter, threadState, alwaysShown } = chartVocabulary
      expect([...variables]).toEqual(expect.arrayContaining([attached, isLocked, belongsTo, ...lives, takenBy, ...alwaysShown.keys()]))
      expect([...domains]).toEqual(expect.arrayContaining([thread, interpreter, threadState]))
    }
  })
})
