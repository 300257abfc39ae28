import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countTests } from '../../scripts/count-tests.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gilproof-count-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A report with one file per list of test statuses. */
function report(...files: readonly (readonly [status: string, ...tests: string[]])[]): string {
  const testResults = files.map(([status, ...tests]) => ({
    status,
    assertionResults: tests.map((test) => ({ status: test })),
  }))
  const path = join(folder, 'tests.json')
  writeFileSync(path, JSON.stringify({ testResults }))
  return path
}

describe('counting tests', () => {
  it('counts those that passed and those that failed', () => {
    const path = report(['passed', 'passed', 'skipped'], ['failed', 'passed', 'failed'])

    expect(countTests(path, { ok: false })).toEqual({ passed: 2, failed: 1 })
  })

  it('counts a file that does not load as a failure', () => {
    expect(countTests(report(['passed', 'passed'], ['failed']), { ok: false })).toEqual({ passed: 1, failed: 1 })
  })

  it('counts a run that failed outside the tests as a failure', () => {
    expect(countTests(report(['passed', 'passed']), { ok: false })).toEqual({ passed: 1, failed: 1 })
  })

  it('counts a run without tests as a failure', () => {
    expect(countTests(report(), { ok: true })).toEqual({ passed: 0, failed: 1 })
  })

  it('counts a missing report as a failure', () => {
    expect(countTests(join(folder, 'nowhere.json'), { ok: true })).toEqual({ passed: 0, failed: 1 })
  })
})
