import type { Finding } from './finding.ts'
import { escapeMarkdown, inlineCode, link, messageLink, prose } from './markdown.ts'
import type { ReportIndex } from './report-index.ts'
import { byTraceLength } from './report-index.ts'
import type { ReadingText } from './report-input.ts'
import { readingPath } from './report-paths.ts'
import { counted, enumerated } from './sentence.ts'

/** The answer as a list: what each design does to unmodified clients, what no design helps, and which claims turned out wrong. */
export function answerList(index: ReportIndex): string {
  const items = [
    ...keepers(index),
    ...index.nominal.map((reading) => breaks(index, reading)),
    ...brokenEverywhere(index),
    ...refutedClaims(index),
  ]
  return items.map((item) => `* ${item}`).join('\n')
}

/** Unmodified clients that lose something on a reading, with what they lose. */
function losses(index: ReportIndex, { name }: ReadingText): readonly (readonly [client: string, lost: readonly Finding[]])[] {
  const { keepsWorking, clients } = index.input
  if (keepsWorking.length > 0) {
    return keepsWorking.flatMap(({ reading, client, lost }) => (reading === name && lost.length > 0 ? [[client, lost] as const] : []))
  }
  const unmodified = clients.filter(({ kind }) => kind === 'unmodified')
  return unmodified.flatMap((client) => {
    const lost = index.violated(name, client.name)
    return lost.length > 0 ? [[client.name, lost] as const] : []
  })
}

function unmodifiedCount({ input }: ReportIndex): number {
  return input.clients.filter(({ kind }) => kind === 'unmodified').length
}

function isUndecided({ input }: ReportIndex, { name }: ReadingText): boolean {
  return input.keepsWorking.some((each) => each.reading === name && each.isUndecided)
}

function keepers(index: ReportIndex): readonly string[] {
  const keeping = index.own.filter((reading) => losses(index, reading).length === 0 && !isUndecided(index, reading))
  if (keeping.length === 0)
    return [
      `**No reading of any design keeps every one of the ${counted(unmodifiedCount(index), 'unmodified client')} working in a sub-interpreter.**`,
    ]
  return [
    `**Unmodified clients all keep working (${unmodifiedCount(index)}) on ${enumerated(keeping.map(readingLink))}, and on no other reading.**`,
  ]
}

function breaks(index: ReportIndex, reading: ReadingText): string {
  const lost = losses(index, reading)
  const head = `**${escapeMarkdown(reading.designTitle)}** (${readingLink(reading)})`
  const undecided = isUndecided(index, reading) ? ' Some verdicts are undecided.' : ''
  if (lost.length === 0) return `${head} breaks no unmodified client.${undecided}`
  const shown = [...lost].sort(([, a], [, b]) => compareFirst(a, b)).slice(0, 3)
  const examples = shown.map(([client, findings]) => brokenClient(index, client, findings))
  const more = lost.length > shown.length ? `, and ${link(`${lost.length - shown.length} more`, readingPath(reading.name))}` : ''
  return `${head} breaks ${lost.length} of ${counted(unmodifiedCount(index), 'unmodified client')}: ${examples.join('; ')}${more}.${undecided}`
}

function brokenClient(index: ReportIndex, client: string, findings: readonly Finding[]): string {
  const title = index.input.clients.find(({ name }) => name === client)?.title ?? client
  const [shortest] = [...findings].sort(byTraceLength)
  if (shortest === undefined) return escapeMarkdown(title)
  const violation = index.input.promises.find(({ name }) => name === shortest.cell.property)?.violation ?? shortest.cell.property
  return `${escapeMarkdown(title)} (${link(escapeMarkdown(violation), index.pageOf(shortest))})`
}

/** Cells that are violated on the nominal reading of every design that can run the client. */
function brokenEverywhere(index: ReportIndex): readonly string[] {
  const [first] = index.nominal
  if (first === undefined || index.nominal.length < 2) return []
  const broken = index.input.clients
    .filter(({ kind }) => kind === 'unmodified')
    .flatMap(({ name, title }) => {
      const everywhere = index
        .violated(first.name, name)
        .filter(({ cell }) =>
          index.nominal.every((reading) => ['violated', 'not-applicable'].includes(index.status(reading.name, name, cell.property))),
        )
      const [shortest] = [...everywhere].sort(byTraceLength)
      return shortest === undefined ? [] : [link(escapeMarkdown(title), index.pageOf(shortest))]
    })
  if (broken.length === 0) return []
  return [`**No design helps** ${enumerated(broken)}: broken on the nominal reading of every one. Nobody in the debate said that.`]
}

function refutedClaims({ input }: ReportIndex): readonly string[] {
  const refuted = input.claims.filter((claim) => claim.kind === 'checkable' && claim.checks.some(({ outcome }) => outcome === 'refuted'))
  if (refuted.length === 0) return []
  const said = refuted.map(({ says, by, messages }) => `${prose(by)}, ${messageLink(messages[0] ?? 0)}: "${prose(says)}"`)
  return [`**Claims that turn out wrong**, on at least one reading: ${said.join(' · ')}`]
}

function readingLink({ name }: ReadingText): string {
  return link(inlineCode(name), readingPath(name))
}

function compareFirst(a: readonly Finding[], b: readonly Finding[]): number {
  const [one] = [...a].sort(byTraceLength)
  const [other] = [...b].sort(byTraceLength)
  return one === undefined || other === undefined ? 0 : byTraceLength(one, other)
}
