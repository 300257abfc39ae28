import type { CellName, CellStatus, Finding } from '../../report/finding.ts'
import type { ExitStatus } from '../exit-status.ts'
import { exitStatus, graver } from '../exit-status.ts'
import { cellKey } from './judged-claims.ts'

/** A verdict as an earlier run wrote it down. */
export interface ExpectedVerdict {
  readonly cell: CellName
  readonly status: CellStatus
  /** Only with a trace that was shortest. */
  readonly replayCode?: string
}

/** How the verdicts of a run differ from the expected ones. */
export interface VerdictChanges {
  /** False where there is nothing to compare with. */
  readonly hasExpected: boolean
  readonly changed: readonly { readonly cell: CellName; readonly was: CellStatus; readonly is: CellStatus }[]
  /** Cells that nobody expected: a new client, reading or promise. */
  readonly added: number
  /** Expected cells that this run did not judge. */
  readonly gone: number
  /** Cells that are undecided and were not, or were not known. */
  readonly undecidedAnew: number
}

export function compareVerdicts(expected: readonly ExpectedVerdict[] | undefined, findings: readonly Finding[]): VerdictChanges {
  const before = new Map((expected ?? []).map((verdict) => [cellKey(verdict), verdict]))
  const changed: VerdictChanges['changed'][number][] = []
  let known = 0
  let undecidedAnew = 0
  for (const { cell, status } of findings) {
    const was = before.get(cellKey({ cell }))?.status
    if (status === 'undecided' && was !== 'undecided') undecidedAnew += 1
    if (was === undefined) continue
    known += 1
    if (was !== status) changed.push({ cell, was, is: status })
  }
  return { hasExpected: expected !== undefined, changed, added: findings.length - known, gone: before.size - known, undecidedAnew }
}

/** Of the expected verdicts those of cells that a run judged, so that none passes for gone; undefined where there are none. */
export function onlyOf(
  expected: readonly ExpectedVerdict[] | undefined,
  findings: readonly Finding[],
): readonly ExpectedVerdict[] | undefined {
  const judged = new Set(findings.map(cellKey))
  const common = (expected ?? []).filter((verdict) => judged.has(cellKey(verdict)))
  return common.length === 0 ? undefined : common
}

/**
 * 0 when everything is as expected, 1 when a verdict changed, 3 when a cell is undecided that was not, or that nobody knew. A wrong
 * prediction of a claim is a result, not a failure.
 */
export function statusOfRun({ changed, undecidedAnew }: VerdictChanges): ExitStatus {
  const hasChanged = changed.some(({ is }) => is !== 'undecided')
  return graver(hasChanged ? exitStatus.violated : exitStatus.asExpected, undecidedAnew > 0 ? exitStatus.undecided : exitStatus.asExpected)
}
