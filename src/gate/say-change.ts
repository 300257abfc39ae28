import { match } from 'ts-pattern'
import { boundsCode } from '../report/cell-bounds.ts'
import type { CellName } from '../report/finding.ts'
import { counted } from '../report/sentence.ts'
import type { CellChange, ChangeKind } from './compare-cells.ts'
import type { FoundCell } from './found-cell.ts'
import { sayVerdict } from './gate-verdict.ts'
import { adviceOnLeftOut } from './left-out.ts'
import type { TraceChanges } from './trace-changes.ts'
import { alignTraces } from './trace-changes.ts'

/** "new violation": what a change is called. */
export function titleOf(kind: ChangeKind): string {
  return match(kind)
    .with('new-violation', () => 'new violation')
    .with('repaired', () => 'violation gone')
    .with('holds-otherwise', () => 'holds otherwise')
    .with('missing', () => 'not in the manifest')
    .with('surplus', () => 'no longer judged')
    .with('undecided', () => 'undecided')
    .with('trace-changed', () => 'trace changed')
    .exhaustive()
}

/** "my-design.plain / mod-wsgi-pool / no-deadlock (2.2.1)". */
export function nameOfCell({ reading, client, property, bounds }: CellName): string {
  return `${reading} / ${client} / ${property} (${boundsCode(bounds)})`
}

/** One sentence: what was expected and what was found. */
export function sayChange(change: CellChange): string {
  const { kind, expected, found } = change
  const was = expected === undefined ? 'nothing' : sayVerdict(expected.verdict)
  const is = found === undefined ? 'nothing' : sayVerdict(found.verdict)
  const how = sayViolation(found)
  return match(kind)
    .with('new-violation', () => `Expected: ${was}. Found: violated${how}.`)
    .with('repaired', 'holds-otherwise', () => `Expected: ${was}. Found: ${is}.`)
    .with('missing', () => `No verdict is expected. Found: ${is}${how}.`)
    .with('surplus', () => `Expected: ${was}. Nothing that the manifest covers has this cell any more.`)
    .with('undecided', () => `Expected: ${expected === undefined ? 'no verdict' : was}. Not decided: ${found?.reason ?? 'unknown'}.`)
    .with('trace-changed', () => `Violated as expected${how}, by another trace. ${sayParting(change)}`)
    .exhaustive()
}

/** " (fatal error)", and whether the trace may not be shortest; nothing where it is not violated, or not told. */
function sayViolation(found: FoundCell | undefined): string {
  const told = found?.counterexample?.told
  if (told === undefined) return ''
  return ` (${told.violation}${told.isShortest ? '' : '; a shorter trace may exist'})`
}

/** What to do next. */
export function adviceOn({ kind, found }: CellChange): string {
  const update = '"gilproof gate --update"'
  return match(kind)
    .with(
      'new-violation',
      () => `Repair it: the trace shows how it comes about. If it is accepted, run ${update} and write the reason in "because".`,
    )
    .with('repaired', 'holds-otherwise', () => `If it is meant, run ${update}, so that it stays this way.`)
    .with('missing', () => `Run ${update} to record it${found?.verdict === 'violated' ? ', and write the reason in "because"' : ''}.`)
    .with('surplus', () => `If it is meant, run ${update}; otherwise correct "covers" and the modules of the manifest.`)
    .with('undecided', () =>
      found?.isLeftOut === true
        ? adviceOnLeftOut
        : 'Raise "limits" in the manifest or make its bounds smaller; "allowUndecided" lets --update record it.',
    )
    .with('trace-changed', () => `Nothing has to be done; ${update} records the new trace.`)
    .exhaustive()
}

/** Both traces side by side, where there are two that differ. */
export function traceChangesOf({ expected, found }: CellChange): TraceChanges | undefined {
  const [before, after] = [expected?.counterexample?.lines, found?.counterexample?.told?.trace]
  return before === undefined || after === undefined
    ? undefined
    : alignTraces(
        before,
        after.map(({ text }) => text),
      )
}

function sayParting(change: CellChange): string {
  const changes = traceChangesOf(change)
  if (changes === undefined) return ''
  const [before, after] = [change.expected?.counterexample?.lines.length ?? 0, change.found?.counterexample?.told?.trace.length ?? 0]
  return `It has ${counted(after, 'step')}, and had ${before}; they part at step ${changes.partAt}.`
}

/** The command that takes the steps of a found counterexample again. */
export function replayCommandOf({ found }: CellChange, modules: readonly string[]): string | undefined {
  const code = found?.counterexample?.replayCode
  if (code === undefined) return undefined
  return ['gilproof replay', ...modules.map((path) => `--module ${quoted(path)}`), code].join(' ')
}

/** For a shell that people paste into. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
}
