import { match } from 'ts-pattern'
import type { CellStatus, Finding } from './finding.ts'

/** One symbol a status, told apart without colour. */
export function statusSymbol(status: CellStatus): string {
  return match(status)
    .with('safe', () => '✅')
    .with('never-exercised', () => '▫️')
    .with('violated', () => '❌')
    .with('undecided', () => '❔')
    .with('not-applicable', () => '–')
    .exhaustive()
}

/** Symbol of several promises together: the worst, with the number of violated ones. */
export function summarySymbol(findings: readonly Finding[]): string {
  const count = (status: CellStatus): number => findings.filter((finding) => finding.status === status).length
  const violated = count('violated')
  if (violated > 0) return `❌ ${violated}`
  if (count('undecided') > 0) return statusSymbol('undecided')
  if (count('safe') > 0) return statusSymbol('safe')
  return statusSymbol(count('never-exercised') > 0 ? 'never-exercised' : 'not-applicable')
}

export const legend =
  '✅ safe: holds in every reachable state · ▫️ safe, but never exercised: the situation it speaks of does not occur in these bounds · ' +
  '❌ violated · ❔ undecided: a limit was hit first · – not applicable: the client cannot be written for the design'
