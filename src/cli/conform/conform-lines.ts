import { describe } from '../../conformance/compare/compare-step.ts'
import { writeStep } from '../../conformance/schedule/schedule-text.ts'
import type { Judged } from '../../conformance/sweep/judged.ts'
import type { Palette } from '../terminal.ts'
import type { Shown, SubjectResult } from './conform-result.ts'
import { schedulesPerSecond, totalsOf } from './conform-result.ts'

/** A table with one line for each libpython. */
export function tableLines(results: readonly SubjectResult[], palette: Palette): readonly string[] {
  const rows = results.map((result) => {
    const totals = totalsOf(result)
    return [
      result.subject.name,
      result.profile.name,
      String(totals.schedules),
      totals.steps.toLocaleString('en'),
      String(totals.disagreements),
      String(totals.races),
      String(totals.skipped),
      String(totals.inexact),
      String(totals.undefinedEnds),
      `${totals.covered}/${totals.statements}`,
      String(schedulesPerSecond(result)),
    ]
  })
  const heads = [
    'Python',
    'profile',
    'schedules',
    'steps agree',
    'disagree',
    'race',
    'in part',
    'inexact',
    'end undefined',
    'covered',
    'per s',
  ]
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')
  return [palette.faint(line(heads)), ...rows.map((row) => (row[4] === '0' ? line(row) : palette.bad(line(row))))]
}

/** The schedule of a disagreement: what was seen at each step, and what the model says of the last. */
export function disagreementLines({ subject, profile }: SubjectResult, { judged, title }: Shown, palette: Palette): readonly string[] {
  const { schedule, disagreement } = judged
  const steps = schedule.steps.map(writeStep)
  const width = Math.max(...steps.map((step) => step.length))
  const told = steps.map((step, i) => {
    const observation = disagreement?.seen[i]
    const others = observation?.cameBack.map(({ thread, outcome }) => `; ${thread} came back: ${describe(outcome)}`) ?? []
    const seen = observation === undefined ? 'not reached' : describe(observation.outcome) + others.join('')
    return `${i === disagreement?.step ? palette.bad('  !') : '   '} ${step.padEnd(width)}  ${palette.faint(seen)}`
  })
  return [
    palette.strong(`${subject.name} does not do what the model of ${profile.name} does`) + palette.faint(`  (${title})`),
    ...told,
    ...(disagreement?.differences.map(({ what, expected, seen }) => `      ${what}: the model says ${expected}; seen: ${seen}`) ?? []),
  ]
}

/** Why the model cannot take a schedule, and which step. */
export function describeReason({ reason, schedule }: Judged): string {
  const call = schedule.steps[reason?.step ?? -1]
  return `${reason?.says ?? 'impossible'}${call === undefined ? '' : ` (step ${(reason?.step ?? 0) + 1}, ${writeStep(call)})`}`
}
