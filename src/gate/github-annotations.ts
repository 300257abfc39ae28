import { capitalized } from '../report/sentence.ts'
import type { CellChange } from './compare-cells.ts'
import { failsWith } from './compare-cells.ts'
import type { GateResult, PlaceOf } from './gate-result.ts'
import { splitChanges } from './left-out.ts'
import { adviceOn, nameOfCell, sayChange, titleOf } from './say-change.ts'
import { sayOutcome } from './say-outcome.ts'

/** GitHub shows ten of each level for a step. */
const mostAnnotations = 9

/** Workflow commands that put the changes beside the lines they belong to, the first ones one by one. */
export function githubAnnotations(result: GateResult, placeOf: PlaceOf): readonly string[] {
  const { changes } = result.comparison
  const { told } = splitChanges(changes)
  const shown = told.slice(0, mostAnnotations).map((change) => annotationOf(change, result, placeOf))
  const more = changes.length - shown.length
  if (more === 0) return shown
  const level = result.outcome === 'as-expected' ? 'notice' : 'error'
  const text = `${sayOutcome(result)}. ${more} of them have no annotation: the step summary tells them.`
  return [...shown, command(level, { title: 'gilproof gate' }, text)]
}

function annotationOf(change: CellChange, { strictTraces }: GateResult, placeOf: PlaceOf): string {
  const { file, line } = placeOf(change.cell)
  const levels = { 'as-expected': 'notice', changed: 'error', undecided: 'warning' } as const
  const title = `gilproof: ${capitalized(titleOf(change.kind))}`
  const story = change.kind === 'trace-changed' ? [] : (change.found?.counterexample?.told?.story ?? [])
  const text = [`${nameOfCell(change.cell)}. ${sayChange(change)}`, ...story, adviceOn(change)].join('\n')
  return command(levels[failsWith(change.kind, { strictTraces })], { file, line: String(line), title }, text)
}

/** "::error file=a.ts,line=3,title=T::text". What the text has is data: nothing in it can end the command or begin another. */
function command(name: string, properties: Readonly<Record<string, string>>, text: string): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`)
  return `::${name} ${written.join(',')}::${escapeData(text)}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** Text for a log that GitHub reads for workflow commands: none of its lines is one. */
export function withoutCommands(text: string): string {
  return text.replaceAll('##[', '# #[').replace(/^(\s*)::/gm, '$1: :')
}
