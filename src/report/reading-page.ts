import { describeCellBounds } from './cell-bounds.ts'
import { legend, statusSymbol } from './cell-symbol.ts'
import type { Finding } from './finding.ts'
import { escapeMarkdown, inlineCode, link, markdownTable, prose } from './markdown.ts'
import type { ReportIndex } from './report-index.ts'
import type { ClientText, ReadingText } from './report-input.ts'

/** The page of one reading: what it means, and clients × promises. Links to pages start one folder up. */
export function readingPage(index: ReportIndex, reading: ReadingText): string {
  const { clients, promises, bounds } = index.input
  const rows = clients.map((client) => [
    `<a id="${client.name}"></a>${escapeMarkdown(client.title)}`,
    ...promises.map(({ name }) => cellOf(index, index.find(reading.name, client.name, name))),
    searchOf(index.findingsOf(reading.name, client.name)),
  ])
  return `${[
    `# ${escapeMarkdown(reading.name)}`,
    `${link('Back to the index', '../README.md')}`,
    `**${escapeMarkdown(reading.designTitle)}** (${prose(reading.by)}). ${prose(reading.designSays)}`,
    `**${reading.isVariation ? 'Variation' : 'Reading'}.** ${prose(reading.says)}`,
    ...(reading.question === undefined ? [] : [`**What the text leaves open.** ${prose(reading.question)}`]),
    ...differences(reading),
    '## Clients and promises',
    `${describeCellBounds(bounds)}. ${legend}.`,
    ...notJudged(index, reading, clients),
    markdownTable(['client', ...promises.map((_, i) => String(i + 1)), 'states'], rows),
    ...promises
      .map(({ name, says }, i) => `${i + 1}. ${inlineCode(name)}: ${prose(says)}`)
      .join('\n')
      .split('\n\n'),
    ...inapplicable(index, reading, clients),
  ].join('\n\n')}\n`
}

/** An empty row must not look like a verdict. */
function notJudged(index: ReportIndex, reading: ReadingText, clients: readonly ClientText[]): readonly string[] {
  const isWhole = clients.every(({ name }) => index.findingsOf(reading.name, name).length > 0)
  return isWhole
    ? []
    : ['An empty row was not judged: a variation is put before programs that somebody would write, not before wrong or most general ones.']
}

function differences({ differences, design }: ReadingText): readonly string[] {
  if (differences.length === 0) return []
  const rows = differences.map(({ decision, nominal, here }) => [inlineCode(decision), escapeMarkdown(nominal), escapeMarkdown(here)])
  return [`**Differs from the nominal reading of ${escapeMarkdown(design)} in:**`, markdownTable(['decision', 'nominal', 'here'], rows)]
}

function cellOf(index: ReportIndex, finding: Finding | undefined): string {
  if (finding === undefined) return ''
  const symbol = statusSymbol(finding.status)
  return finding.status === 'violated' ? link(symbol, `../${index.pageOf(finding)}`) : symbol
}

function searchOf(findings: readonly Finding[]): string {
  const search = findings.find((finding) => finding.search !== undefined)?.search
  if (search === undefined) return ''
  const states = search.distinctStates.toLocaleString('en-US')
  return search.coverage === 'exhaustive' ? `all ${states}` : `${states} (${search.limit ?? 'limited'})`
}

function inapplicable(index: ReportIndex, reading: ReadingText, clients: readonly ClientText[]): readonly string[] {
  const reasons = clients.flatMap(({ name, title }) => {
    const reason = index.findingsOf(reading.name, name).find((finding) => finding.reason !== undefined)?.reason
    return reason === undefined ? [] : [`* ${escapeMarkdown(title)}: ${prose(reason)}`]
  })
  return reasons.length === 0 ? [] : ['## Not applicable', reasons.join('\n')]
}
