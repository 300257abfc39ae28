import { summarySymbol } from '../cell-symbol.ts'
import { escapeMarkdown, inlineCode, markdownTable, prose } from '../markdown.ts'
import type { PromiseText } from '../report-input.ts'
import type { ReleaseIndex } from './release-index.ts'
import type { Standing } from './release-standing.ts'
import { fairFindings, linked, standingOf } from './release-standing.ts'

/** What the newest API promises: where it holds among the releases, and in the texts that came before it was released. */
export function newestSection(index: ReleaseIndex): readonly string[] {
  const { promises, newest } = index.input
  const own = promises.filter(({ name }) => newest.own.has(name))
  const repeated = promises.filter(({ name }) => newest.repeated.has(name))
  if (own.length === 0) return []
  const rows = [...own, ...repeated].map((promise) => [
    `${inlineCode(promise.name)}<br>${prose(promise.says)}`,
    prose(promise.promisedBy),
    holdsWhere(index, promise),
  ])
  return [
    '## What PEP 788 promises, and where it holds',
    'Guards, views and `PyThreadState_Ensure` came with 3.15; what is promised of them can be asked only where they are. The last rows are promises that the PEP repeats for its new calls, and that there were before for the old ones: they are asked of every release. Programs that keep the rules only.',
    markdownTable(['promise', 'promised by', 'holds'], rows),
    ...revisionTable(index, [...own, ...repeated]),
  ]
}

/** The texts of the PEP, from the first revision to what was released: only programs that use its calls. */
function revisionTable(index: ReleaseIndex, promises: readonly PromiseText[]): readonly string[] {
  const { revisions } = index.input.newest
  if (revisions.length === 0) return []
  const key = revisions.map(({ name, says }) => [inlineCode(name), prose(says)])
  const rows = promises.map(({ name }) => [
    inlineCode(name),
    ...revisions.map((revision) => summarySymbol(fairFindings(index, revision, name))),
  ])
  return [
    'The texts of the PEP differ, and so does what they keep. Put before the programs that use the new calls; `gilproof check --design NAME --client PROGRAM` tells the traces.',
    markdownTable(['text', 'what it says'], key),
    markdownTable(['promise', ...revisions.map(({ name }) => escapeMarkdown(name.replace(/^[^.]*\./, '')))], rows),
  ]
}

function holdsWhere(index: ReleaseIndex, promise: PromiseText): string {
  const { releases } = index.input
  const marks: readonly (readonly [Standing, string])[] = [
    ['kept', '✅'],
    ['broken', '❌'],
    ['undecided', '❔'],
  ]
  const parts = marks.flatMap(([standing, mark]) => {
    const positions = releases.flatMap((release, i) => (standingOf(index, release, promise) === standing ? [i] : []))
    return positions.length === 0
      ? []
      : [
          `${mark} ${inRows(positions)
            .map((row) => rowOf(index, row, promise))
            .join(', ')}`,
        ]
  })
  return parts.length === 0 ? '▫️ nowhere asked' : parts.join('<br>')
}

/** Positions that follow each other, together: [[0, 1, 2], [5]]. */
function inRows(positions: readonly number[]): readonly (readonly number[])[] {
  const rows: number[][] = []
  for (const position of positions) {
    const row = rows.at(-1)
    if (row !== undefined && row.at(-1) === position - 1) row.push(position)
    else rows.push([position])
  }
  return rows
}

/** "3.2 to 3.11", linked to the shortest trace in the first of them. */
function rowOf(index: ReleaseIndex, row: readonly number[], { name }: PromiseText): string {
  const { releases } = index.input
  const [first = 0] = row
  const from = releases[first]?.short ?? ''
  const to = releases[row.at(-1) ?? first]?.short ?? ''
  return linked(index, first, { promise: name }, from === to ? from : `${from} to ${to}`)
}
