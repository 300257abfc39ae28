import { describe, expect, it } from 'vitest'
import { findSubjects } from '../../src/conformance/discover/find-subjects.ts'
import { huntMutant, subjectFor } from './hunt-mutant.ts'
import { mutants } from './mutants.ts'

/** All are run by scripts/conform-mutants.ts; here the first of each profile for which there is a Python. */
const subjects = await findSubjects()
const first = mutants.filter(({ profile }, i) => mutants.findIndex((other) => other.profile === profile) === i)
const hunted = first.flatMap((mutant) => {
  const subject = subjectFor(mutant, subjects)
  return subject === undefined ? [] : [{ mutant, subject }]
})

describe('a profile with a mistake', () => {
  it('is there for some Python of this machine', () => {
    expect(hunted.length).toBeGreaterThan(0)
  })

  it.each(hunted.map(({ mutant, subject }) => [mutant.name, mutant, subject] as const))(
    '%s, and is caught',
    async (_, mutant, subject) => {
      const caught = await huntMutant(mutant, subject, { most: 60, seed: 1, withProbes: true })

      expect(caught?.judged.verdict).toBe('disagrees')
    },
    60_000,
  )
})
