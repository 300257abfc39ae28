import type { Finding } from '../report/finding.ts'
import type { ExitStatus } from './exit-status.ts'
import { exitStatus } from './exit-status.ts'

/** 1 with a violation, 3 with an undecided cell, 0 otherwise. */
export function statusOfFindings(findings: readonly Finding[]): ExitStatus {
  if (findings.some(({ status }) => status === 'violated')) return exitStatus.violated
  return findings.some(({ status }) => status === 'undecided') ? exitStatus.undecided : exitStatus.asExpected
}
