import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { compareVersions, versionOf } from '../../conformance/sweep/match-profile.ts'
import { stableJson } from '../../foundation/stable-json.ts'
import { conformanceFile, usualReportsFolder } from '../prove/reports-folder.ts'
import { writeOneFile } from '../write-files.ts'
import type { SubjectResult, Totals } from './conform-result.ts'
import { schedulesPerSecond, totalsOf } from './conform-result.ts'

/** One libpython in reports/conformance.json; without paths, which are of one machine only. */
export interface ConformanceRow extends Omit<Totals, 'skipped'> {
  /** "CPython 3.11.7 debug". */
  readonly subject: string
  readonly version: string
  readonly debug: boolean
  readonly profile: string
  readonly seed: number
  readonly schedulesPerSecond: number
  /** Processors that this was measured on. */
  readonly processors: number
}

/** In the order of versions, release before debug. */
export function conformanceRows(results: readonly SubjectResult[], seed: number, processors: number): readonly ConformanceRow[] {
  const ordered = [...results].sort(
    ({ subject: one }, { subject: other }) => compareVersions(versionOf(one), versionOf(other)) || Number(one.debug) - Number(other.debug),
  )
  return ordered.map((result) => {
    const { skipped: _, ...totals } = totalsOf(result)
    const { subject, profile } = result
    return {
      subject: subject.name,
      version: versionOf(subject).join('.'),
      debug: subject.debug,
      profile: profile.name,
      seed,
      ...totals,
      schedulesPerSecond: schedulesPerSecond(result),
      processors,
    }
  })
}

/** Writes reports/conformance.json of the current project, whole or not at all; returns the path. Errors: MC606. */
export async function writeConformanceReport(results: readonly SubjectResult[], seed: number): Promise<string> {
  const folder = usualReportsFolder(process.cwd())
  mkdirSync(folder, { recursive: true })
  const path = join(folder, conformanceFile)
  await writeOneFile(path, `${stableJson(conformanceRows(results, seed, availableParallelism()), 2)}\n`)
  return path
}
