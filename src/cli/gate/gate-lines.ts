import { match } from 'ts-pattern'
import type { CellChange } from '../../gate/compare-cells.ts'
import { failsWith } from '../../gate/compare-cells.ts'
import type { GateResult } from '../../gate/gate-result.ts'
import { adviceOnLeftOut, splitChanges } from '../../gate/left-out.ts'
import { adviceOn, nameOfCell, replayCommandOf, sayChange, titleOf, traceChangesOf } from '../../gate/say-change.ts'
import { countExpected, sayOutcome } from '../../gate/say-outcome.ts'
import { capitalized } from '../../report/sentence.ts'
import { count } from '../finding-lines.ts'
import type { Palette } from '../terminal.ts'

/** Changes that are told with their traces; nobody reads hundreds on a terminal. */
const mostTold = 10

/** Changes that are told at all. */
const mostShown = 100

/** The result for a terminal: what changed first, then counts. */
export function gateLines(result: GateResult, palette: Palette): readonly string[] {
  const { changes, withoutReason } = result.comparison
  const { told, leftOut } = splitChanges(changes)
  const shown = told.slice(0, mostShown)
  const untold = shown.slice(mostTold).filter(({ found }) => found?.counterexample?.told !== undefined).length
  const colour = match(result.outcome)
    .with('as-expected', () => palette.good)
    .with('changed', () => palette.bad)
    .with('undecided', () => palette.doubtful)
    .exhaustive()
  return [
    ...shown.flatMap((change, i) => [
      ...changeLines(change, result, palette, i < mostTold ? 'whole' : 'short'),
      // Once for all of a kind that follow each other.
      ...(shown[i + 1]?.kind === change.kind ? [] : [`  Next:   ${adviceOn(change)}`]),
      '',
    ]),
    ...(told.length === shown.length ? [] : [`And ${count(told.length - shown.length, 'more change')}; --json has all.`, '']),
    ...(leftOut === undefined
      ? []
      : [
          `${palette.doubtful('LEFT OUT')}  ${leftOut.says}`,
          ...leftOut.searches.map((name) => `    ${name}`),
          `  Next:   ${adviceOnLeftOut}`,
          '',
        ]),
    ...(untold === 0 ? [] : [`${count(untold, 'trace')} not shown; --json and --markdown have them.`, '']),
    `${colour(palette.strong(`${capitalized(sayOutcome(result))}.`))}  ${palette.faint(result.manifest.path)}`,
    `${capitalized(countExpected(result))}.`,
    ...(withoutReason === 0 ? [] : [`${count(withoutReason, 'violation')} accepted without a reason: fill in "because".`]),
  ]
}

/** How much is told of a change: in short without its trace. */
type Detail = 'whole' | 'short'

export function changeLines(
  change: CellChange,
  { manifest, strictTraces }: GateResult,
  palette: Palette,
  detail: Detail,
): readonly string[] {
  const { kind, cell, found, expected } = change
  const colour = match(failsWith(kind, { strictTraces }))
    .with('changed', () => palette.bad)
    .with('undecided', () => palette.doubtful)
    .with('as-expected', () => palette.faint)
    .exhaustive()
  const head = `${colour(titleOf(kind).toUpperCase())}  ${palette.strong(nameOfCell(cell))}`
  const replay = replayCommandOf(change, manifest.modules)
  const because = (expected?.because ?? '').trim()
  if (detail === 'short') return [head, `  ${sayChange(change)}`, ...(replay === undefined ? [] : [`  Replay: ${replay}`])]
  const story = kind === 'trace-changed' ? [] : (found?.counterexample?.told?.story ?? [])
  return [
    head,
    `  ${sayChange(change)}`,
    ...(because === '' ? [] : [`  Was accepted because: ${because}`]),
    ...story.map((sentence) => `  ${sentence}`),
    ...traceLines(change, palette),
    ...(replay === undefined ? [] : [`  Replay: ${replay}`]),
  ]
}

function traceLines(change: CellChange, palette: Palette): readonly string[] {
  const aligned = traceChangesOf(change)
  if (aligned !== undefined) {
    const { lines, partAt } = aligned
    return [
      `  Expected ${palette.bad('-')} and found ${palette.good('+')}:`,
      ...lines.flatMap((line, i) => [
        ...(i === partAt - 1 ? [palette.strong(`    ---- step ${partAt}: here they part ----`)] : []),
        match(line.in)
          .with('both', () => `      ${line.text}`)
          .with('expected', () => palette.bad(`    - ${line.text}`))
          .with('found', () => palette.good(`    + ${line.text}`))
          .exhaustive(),
      ]),
    ]
  }
  const trace = change.found?.counterexample?.told?.trace ?? []
  return trace.map(({ text }, i) => `    ${String(i + 1).padStart(3)}  ${text}`)
}
