import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SubjectResult } from '../../src/cli/conform/conform-result.ts'
import { conformanceRows } from '../../src/cli/conform/conformance-report.ts'
import { readConformance } from '../../src/cli/prove/conformance-figures.ts'
import type { Subject } from '../../src/conformance/subject/subject.ts'
import { profiles } from '../../src/model/cpython/versions/releases.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gilproof-figures-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

function write(rows: unknown): void {
  writeFileSync(join(folder, 'conformance.json'), JSON.stringify(rows))
}

function rowsOf(milliseconds: number, schedules: number): readonly object[] {
  const [profile] = profiles
  const judged = Array.from({ length: schedules }, () => ({ verdict: 'agrees', steps: 3, inexact: 0, covered: [], endsUndefined: false }))
  const subject = { name: 'CPython 2.7.18', version: '2.7.18', debug: false } as Subject
  const result = { subject, profile, judged, statements: ['f: a'], milliseconds } as unknown as SubjectResult
  return conformanceRows([result], 7, 2)
}

describe('the figures of a comparison with CPython', () => {
  it('are read as they were written, with the speed as a whole number', async () => {
    write(rowsOf(700, 30))

    expect(await readConformance(folder)).toMatchObject([
      { subject: 'CPython 2.7.18', schedules: 30, steps: 90, speed: { schedulesPerSecond: 43, processors: 2 } },
    ])
  })

  it('have no speed where the file was written before it was measured', async () => {
    write(rowsOf(700, 30).map((row) => ({ ...row, schedulesPerSecond: undefined, processors: undefined })))

    const [figures] = await readConformance(folder)
    expect(figures?.schedules).toBe(30)
    expect(figures).not.toHaveProperty('speed')
  })

  it('are refused where the speed is no whole number', async () => {
    write(rowsOf(700, 30).map((row) => ({ ...row, schedulesPerSecond: 42.9 })))

    await expect(readConformance(folder)).rejects.toThrow(/MC604.*schedulesPerSecond/)
  })
})
