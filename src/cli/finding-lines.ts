import { match } from 'ts-pattern'
import type { CellStatus, Finding } from '../report/finding.ts'
import type { Palette } from './terminal.ts'

/** One line: the verdict, the promise, and how long its shortest trace is. */
export function findingLine(finding: Finding, palette: Palette): string {
  const { cell, status, evidence, reason } = finding
  const length = Math.max(...allStatuses.map((name) => name.length))
  const details = evidence === undefined ? (reason ?? '') : describeEvidence(evidence)
  return `${colourOf(status, palette)(status.padEnd(length))}  ${cell.property}${details === '' ? '' : palette.faint(`  ${details}`)}`
}

const allStatuses: readonly CellStatus[] = ['safe', 'never-exercised', 'violated', 'undecided', 'not-applicable']

export function colourOf(status: CellStatus, palette: Palette): (text: string) => string {
  return match(status)
    .with('safe', () => palette.good)
    .with('violated', () => palette.bad)
    .with('undecided', () => palette.doubtful)
    .with('never-exercised', 'not-applicable', () => palette.faint)
    .exhaustive()
}

/** "25 steps, 1 context switch". */
function describeEvidence({ stepCount, contextSwitches, isShortest }: NonNullable<Finding['evidence']>): string {
  const steps = `${count(stepCount, 'step')}, ${count(contextSwitches, 'context switch', 'context switches')}`
  return isShortest ? steps : `${steps}, a shorter trace may exist`
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`
}

/** How much was seen: "all 1,706 reachable states, at most 45 steps deep", or what cut the search short. */
export function searchLine({ search }: Finding): string {
  if (search === undefined) return 'not run'
  const { coverage, distinctStates, diameter, limit } = search
  return coverage === 'exhaustive'
    ? `all ${count(distinctStates, 'reachable state')} seen, at most ${count(diameter, 'step')} deep`
    : `only ${count(distinctStates, 'state')} seen: ${limit ?? 'a limit was hit'}`
}
