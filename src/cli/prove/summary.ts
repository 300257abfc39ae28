import type { JudgedClaim } from '../../judge/report-input.ts'
import type { Bounds } from '../../model/cpython/bounds.ts'
import { describeBounds } from '../../model/cpython/bounds.ts'
import type { CellName } from '../../report/finding.ts'
import type { ReportInput } from '../../report/report-input.ts'
import { describeDuration } from '../clock.ts'
import { count } from '../finding-lines.ts'
import type { Palette } from '../terminal.ts'
import type { VerdictChanges } from './compare-verdicts.ts'
import type { ClaimAnswer } from './judged-claims.ts'
import { answerTo, countSurprises } from './judged-claims.ts'
import type { Run } from './run-plan.ts'

/** Characters of a line. */
const lineWidth = 110
/** Left column. */
const labelWidth = 15
/** Names of cells that are printed; the rest is counted. */
const mostNames = 8

export interface Summary {
  readonly bounds: Bounds
  readonly run: Run
  readonly claims: readonly JudgedClaim[]
  /** Undefined when only claims were judged, or not everything was. */
  readonly report: ReportInput | undefined
  readonly changes: VerdictChanges
  /** The index, relative to where the user is; undefined when nothing was written. */
  readonly index: string | undefined
  readonly whyNotWritten: string
}

/** The answer on one screen. */
export function summaryLines(summary: Summary, palette: Palette): readonly string[] {
  const { bounds, run, report, changes, index } = summary
  const decided = run.results.filter((result) => result !== undefined).length
  return [
    ...(run.wasInterrupted
      ? [
          palette.doubtful(
            `Interrupted: ${decided} of ${count(run.tasks.length, 'search', 'searches')} were finished; only these are spoken of.`,
          ),
        ]
      : []),
    ...(summary.claims.length === 0 ? [] : [...row('Claims', claimCounts(summary.claims)), ...claimRows(summary.claims, palette)]),
    ...(report === undefined ? [] : [...workingRows(report), ...dominanceRows(report)]),
    ...undecidedRows(run, palette),
    ...changeRows(changes, palette),
    ...row('Reports', index ?? summary.whyNotWritten),
    ...row(
      'Searched',
      `${describeBounds(bounds)}; ${count(decided, 'search', 'searches')}, ${count(run.findings.length, 'cell')}, ${count(run.states, 'state')}, ${describeDuration(run.milliseconds)}`,
    ),
  ]
}

const answers = ['confirmed', 'refuted', 'in-part', 'undecided', 'not-applicable'] as const

function claimCounts(claims: readonly JudgedClaim[]): string {
  const uncheckable = claims.filter(({ claim }) => claim.kind === 'uncheckable').length
  const counts = answers.map((answer) => `${withAnswer(claims, answer).length} ${answer}`).filter((text) => !text.startsWith('0 '))
  const surprises = claims.reduce((sum, claim) => sum + countSurprises(claim), 0)
  const more = [...(uncheckable === 0 ? [] : [`${uncheckable} cannot be checked`]), `${count(surprises, 'check')} not as predicted`]
  return [...counts, ...more].join(', ')
}

function claimRows(claims: readonly JudgedClaim[], palette: Palette): readonly string[] {
  const colours = {
    confirmed: palette.good,
    refuted: palette.bad,
    'in-part': palette.doubtful,
    undecided: palette.doubtful,
    'not-applicable': palette.faint,
  }
  return answers.flatMap((answer) => {
    const names = withAnswer(claims, answer).map(({ claim }) => claim.name)
    return names.length === 0 ? [] : row(`  ${answer}`, names.join(', '), colours[answer])
  })
}

function withAnswer(claims: readonly JudgedClaim[], answer: ClaimAnswer): readonly JudgedClaim[] {
  return claims.filter((judged) => judged.claim.kind === 'checkable' && answerTo(judged) === answer)
}

/** How many unmodified clients each reading keeps working, as in the main interpreter alone; variations are in the reports. */
function workingRows({ keepsWorking, readings }: ReportInput): readonly string[] {
  const own = readings.filter(({ isVariation }) => !isVariation)
  const counted = own.flatMap(({ name }) => {
    const here = keepsWorking.filter(({ reading }) => reading === name)
    const open = here.filter(({ lost, isUndecided }) => isUndecided && lost.length === 0).length
    const working = here.filter(({ lost, isUndecided }) => lost.length === 0 && !isUndecided).length
    return here.length === 0 ? [] : [{ name, of: here.length, working, open }]
  })
  if (counted.length === 0) return []
  const numbers = [...new Set(counted.map(({ working }) => working))].sort((left, right) => right - left)
  return [
    ...row('Keep working', 'unmodified clients that keep every promise they keep in the main interpreter alone'),
    ...numbers.flatMap((number) => {
      const same = counted.filter(({ working }) => working === number)
      const names = same.map(({ name, open }) => name + (open === 0 ? '' : ` (${open} undecided)`))
      return row(`  ${number} of ${same[0]?.of ?? 0}`, names.join(', '))
    }),
  ]
}

function dominanceRows({ dominances }: ReportInput): readonly string[] {
  const shown = dominances.slice(0, mostNames).map(({ better, worse, gained }) => `${better} over ${worse} (${count(gained, 'cell')})`)
  const more = dominances.length - shown.length
  return row(
    'Dominance',
    dominances.length === 0
      ? 'no reading is at least as good as another everywhere'
      : shown.join(', ') + (more > 0 ? `, and ${more} more` : ''),
  )
}

function undecidedRows({ findings }: Run, palette: Palette): readonly string[] {
  const undecided = findings.filter(({ status }) => status === 'undecided')
  if (undecided.length === 0) return []
  const searches = [...new Map(undecided.map((finding) => [`${finding.cell.reading} / ${finding.cell.client}`, finding])).entries()]
  const shown = searches.slice(0, mostNames).map(([name, { search }]) => `${name} (${search?.limit ?? 'a limit was hit'})`)
  const more = searches.length - shown.length
  return row(
    'Undecided',
    `${count(undecided.length, 'cell')}: ${shown.join(', ')}${more > 0 ? `, and ${more} more searches` : ''}`,
    palette.doubtful,
  )
}

function changeRows({ hasExpected, changed, added, gone }: VerdictChanges, palette: Palette): readonly string[] {
  if (!hasExpected) return row('Verdicts', 'no committed verdicts to compare with')
  const news = [...(added === 0 ? [] : [`${count(added, 'cell')} new`]), ...(gone === 0 ? [] : [`${count(gone, 'cell')} not judged`])]
  if (changed.length === 0) return row('Verdicts', ['as committed', ...news].join(', '))
  const shown = changed.slice(0, mostNames).map(({ cell, was, is }) => `${describeCell(cell)}: was ${was}, is ${is}`)
  const more = changed.length - shown.length
  return [
    ...row('Verdicts', [`${changed.length} changed`, ...news].join(', '), palette.bad),
    ...shown.map((text) => `${' '.repeat(labelWidth)}${text}`),
    ...(more > 0 ? [`${' '.repeat(labelWidth)}and ${more} more`] : []),
  ]
}

export function describeCell({ reading, client, property, bounds }: CellName): string {
  return `${reading} / ${client} / ${property} (${describeBounds(bounds)})`
}

/** A label, and text broken between items into lines that start in the same column. */
function row(label: string, text: string, colour: (text: string) => string = (same) => same): readonly string[] {
  const lines: string[] = []
  for (const item of text.split(/(?<=, )|(?<=: )/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + item.length <= lineWidth - labelWidth) lines[lines.length - 1] = last + item
    else lines.push(item)
  }
  return lines.map((line, i) => `${colour((i === 0 ? label : '').padEnd(labelWidth))}${line.trimEnd()}`)
}
