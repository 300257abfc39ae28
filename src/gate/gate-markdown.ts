import { escapeMarkdown, inlineCode } from '../report/markdown.ts'
import { capitalized, counted } from '../report/sentence.ts'
import type { CellChange } from './compare-cells.ts'
import { failsWith } from './compare-cells.ts'
import type { GateResult } from './gate-result.ts'
import { adviceOnLeftOut, splitChanges } from './left-out.ts'
import { adviceOn, nameOfCell, replayCommandOf, sayChange, titleOf, traceChangesOf } from './say-change.ts'
import { countExpected, sayOutcome } from './say-outcome.ts'

/** A comment on GitHub may have 65,536 characters; a step summary a megabyte. */
const mostCharacters = 60_000

const symbols = { 'as-expected': '✅', changed: '❌', undecided: '❔' } as const

/**
 * The result for a comment on a change: what changed first, traces folded away. Where it would be too long for one comment, traces are left out,
 * then changes, and it says so. Ends with a newline.
 */
export function gateMarkdown(result: GateResult): string {
  const { changes, withoutReason } = result.comparison
  const { told, leftOut } = splitChanges(changes)
  const head = `## ${symbols[result.outcome]} gilproof gate: ${escapeMarkdown(sayOutcome(result))}`
  const missing =
    withoutReason === 0
      ? []
      : [`${counted(withoutReason, 'violation')} accepted without a reason: fill in "because" in ${inlineCode(result.manifest.path)}.`]
  const open =
    leftOut === undefined
      ? []
      : [
          `### ❔ Left out: ${escapeMarkdown(leftOut.says)}`,
          leftOut.searches.map((name) => `* ${inlineCode(name)}`).join('\n'),
          adviceOnLeftOut,
        ]
  const tail = [...open, `${escapeMarkdown(capitalized(countExpected(result)))}.`, ...missing]
  const sections: string[] = []
  let room = mostCharacters - head.length - tail.join('').length
  let untold = 0
  for (const change of told) {
    const whole = [...sectionOf(change, result), ...traceOf(change)].join('\n\n')
    const short = [...sectionOf(change, result), '*The trace is left out: this page would be too long.*'].join('\n\n')
    const fits = [whole, short].find((text) => text.length <= room)
    if (fits === undefined) {
      untold += 1
      continue
    }
    sections.push(fits)
    room -= fits.length + 2
  }
  const left =
    untold === 0 ? [] : [`**And ${untold} more**, left out because this page would be too long; ${inlineCode('--json')} has all.`]
  return `${[head, ...sections, ...left, ...tail].join('\n\n')}\n`
}

function sectionOf(change: CellChange, { manifest, strictTraces }: GateResult): readonly string[] {
  const { kind, cell, expected, found } = change
  const replay = replayCommandOf(change, manifest.modules)
  const because = (expected?.because ?? '').trim()
  return [
    `### ${symbols[failsWith(kind, { strictTraces })]} ${capitalized(titleOf(kind))}: ${inlineCode(nameOfCell(cell))}`,
    escapeMarkdown(sayChange(change)),
    ...(because === '' ? [] : [`Was accepted because: ${escapeMarkdown(because)}`]),
    ...(kind === 'trace-changed' ? [] : [(found?.counterexample?.told?.story ?? []).map(escapeMarkdown).join(' ')]),
    `**Next:** ${escapeMarkdown(adviceOn(change))}`,
    ...(replay === undefined ? [] : [fenced('sh', replay)]),
  ].filter((part) => part !== '')
}

function traceOf(change: CellChange): readonly string[] {
  const aligned = traceChangesOf(change)
  if (aligned !== undefined) {
    const marks = { both: ' ', expected: '-', found: '+' } as const
    const lines = aligned.lines.map((line) => `${marks[line.in]} ${line.text}`)
    return [folded(`Both traces: expected (-) and found (+), which part at step ${aligned.partAt}`, fenced('diff', lines.join('\n')))]
  }
  const trace = change.found?.counterexample?.told?.trace
  if (trace === undefined) return []
  const width = String(trace.length).length
  const lines = trace.map(({ text }, i) => `${String(i + 1).padStart(width)}  ${text}`)
  return [folded(`Trace, ${trace.length} steps`, fenced('text', lines.join('\n')))]
}

function folded(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`
}

/** A code block that its text cannot end. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}
