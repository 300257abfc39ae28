import { describe, expect, it } from 'vitest'
import { countConformance } from '../../scripts/check-conformance.ts'

function subject(name: string, disagreements: readonly object[] = []): object {
  return { subject: { name }, schedules: 100, races: [], disagreements }
}

function printed(...subjects: readonly object[]): string {
  return JSON.stringify({ wasInterrupted: false, subjects })
}

describe('the count of conformance', () => {
  it('counts each Python that agrees', () => {
    expect(countConformance(printed(subject('CPython 3.11.2'), subject('CPython 3.12.1')), '')).toEqual({ passed: 2, failed: 0, lines: [] })
  })

  it('fails a Python that disagrees, once, and says in what', () => {
    const differences = [{ what: 'the outcome', expected: 'blocked', seen: 'returned' }]
    const wrong = subject('CPython 3.11.2', [
      { found: 'schedule 3 of seed 1', differences, file: 'kept/a.json' },
      { found: 'schedule 9 of seed 1' },
    ])

    expect(countConformance(printed(wrong, subject('CPython 3.12.1')), '')).toEqual({
      passed: 1,
      failed: 1,
      lines: [
        'CPython 3.11.2: schedule 3 of seed 1: the outcome: the model says blocked; seen: returned (gilproof conform --replay kept/a.json)',
        'CPython 3.11.2: schedule 9 of seed 1: ',
      ],
    })
  })

  it('fails where there was nothing to compare with, and says why', () => {
    expect(countConformance('', 'MC702: found no Python')).toEqual({ passed: 0, failed: 1, lines: ['MC702: found no Python'] })
  })

  it('fails a run that did not end', () => {
    const { failed } = countConformance(JSON.stringify({ wasInterrupted: true, subjects: [subject('CPython 3.11.2')] }), '')

    expect(failed).toBe(1)
  })
})
