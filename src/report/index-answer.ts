import type { Finding } from './finding.ts'
import { escapeMarkdown, inlineCode, link, messageLink, prose } from './markdown.ts'
import type { ReportIndex } from './report-index.ts'
import { byTraceLength } from './report-index.ts'
import type { ReadingText } from './report-input.ts'
import { readingPath } from './report-paths.ts'
import { counted, enumerated } from './sentence.ts'

/** How many examples a sentence of the answer gives. */
const mostExamples = 3

/**
 * The answer as a list: who keeps every unmodified client working, what each design breaks that works today and repairs that does not, what no
 * design helps, and which claims turned out wrong.
 */
export function answerList(index: ReportIndex): string {
  const [today, ...others] = index.nominal
  const items = [
    ...keepers(index),
    ...(today === undefined ? [] : [todayItem(index, today), ...others.map((reading) => changeItem(index, today, reading))]),
    ...brokenEverywhere(index),
    ...unmentioned(index, today, others),
    ...refutedClaims(index),
  ]
  return items.map((item) => `* ${item}`).join('\n')
}

/** What an unmodified client loses on a reading. */
interface Loss {
  readonly client: string
  /** Not empty; shortest trace first. */
  readonly findings: readonly Finding[]
}

/** Unmodified clients that lose something that they have with the main interpreter alone; shortest traces first. */
function losses(index: ReportIndex, { name }: ReadingText): readonly Loss[] {
  const { keepsWorking } = index.input
  const found =
    keepsWorking.length > 0
      ? keepsWorking.flatMap(({ reading, client, lost }) => (reading === name ? [{ client, findings: lost }] : []))
      : unmodified(index).map((client) => ({ client: client.name, findings: index.violated(name, client.name) }))
  return sorted(found)
}

function sorted(found: readonly Loss[]): readonly Loss[] {
  const first = ({ findings }: Loss): Finding | undefined => findings[0]
  return found
    .filter(({ findings }) => findings.length > 0)
    .map(({ client, findings }) => ({ client, findings: [...findings].sort(byTraceLength) }))
    .sort((a, b) => {
      const [one, other] = [first(a), first(b)]
      return one === undefined || other === undefined ? 0 : byTraceLength(one, other)
    })
}

function unmodified({ input }: ReportIndex) {
  return input.clients.filter(({ kind }) => kind === 'unmodified')
}

function isUndecided({ input }: ReportIndex, { name }: ReadingText): boolean {
  return input.keepsWorking.some((each) => each.reading === name && each.isUndecided)
}

function keepers(index: ReportIndex): readonly string[] {
  const keeping = index.own.filter((reading) => losses(index, reading).length === 0 && !isUndecided(index, reading))
  const count = counted(unmodified(index).length, 'unmodified client')
  if (keeping.length === 0) return [`**No reading of any design keeps every one of the ${count} working in a sub-interpreter.**`]
  return [`**Unmodified clients all keep working on ${enumerated(keeping.map(readingLink))}, and on no other reading.** (${count})`]
}

function todayItem(index: ReportIndex, reading: ReadingText): string {
  const lost = losses(index, reading)
  const count = counted(unmodified(index).length, 'unmodified client')
  if (lost.length === 0) return `${heading(reading)} breaks none of the ${count}.`
  return `${heading(reading)} already breaks ${lost.length} of ${count}: ${examples(index, reading, lost)}.`
}

/** What changes for unmodified clients against today. */
function changeItem(index: ReportIndex, today: ReadingText, reading: ReadingText): string {
  const broken = newlyBroken(index, today, reading)
  const lostHere = clientsOf(losses(index, reading))
  const repaired = losses(index, today).filter(({ client }) => !lostHere.has(client))
  const breaks =
    broken.length === 0
      ? 'breaks no unmodified client that works today'
      : `breaks ${broken.length} that work today: ${examples(index, reading, broken)}`
  const repairs =
    repaired.length === 0
      ? 'repairs none'
      : `repairs ${repaired.length}: ${repaired.map(({ client }) => titleOf(index, client)).join('; ')}`
  return `${heading(reading)} ${breaks}. It ${repairs}.${isUndecided(index, reading) ? ' Some verdicts are undecided.' : ''}`
}

/** Clients that keep working today and do not on a reading. */
function newlyBroken(index: ReportIndex, today: ReadingText, reading: ReadingText): readonly Loss[] {
  const lostToday = clientsOf(losses(index, today))
  return losses(index, reading).filter(({ client }) => !lostToday.has(client))
}

function clientsOf(lost: readonly Loss[]): ReadonlySet<string> {
  return new Set(lost.map(({ client }) => client))
}

function examples(index: ReportIndex, reading: ReadingText, found: readonly Loss[]): string {
  const shown = found.slice(0, mostExamples).map((loss) => brokenClient(index, loss))
  const rest = found.length - shown.length
  return `${shown.join('; ')}${rest === 0 ? '' : `; and ${link(`${rest} more`, readingPath(reading.name))}`}`
}

function brokenClient(index: ReportIndex, { client, findings }: Loss): string {
  const [shortest] = findings
  if (shortest === undefined) return titleOf(index, client)
  const violation = index.input.promises.find(({ name }) => name === shortest.cell.property)?.violation ?? shortest.cell.property
  return `${titleOf(index, client)} (${link(escapeMarkdown(violation), index.pageOf(shortest))})`
}

/** Cells that are violated on the nominal reading of every design that can run the client. */
function brokenEverywhere(index: ReportIndex): readonly string[] {
  const [first] = index.nominal
  if (first === undefined || index.nominal.length < 2) return []
  const broken = sorted(
    unmodified(index).map(({ name }) => ({
      client: name,
      findings: index
        .violated(first.name, name)
        .filter(({ cell }) =>
          index.nominal.every((reading) => ['violated', 'not-applicable'].includes(index.status(reading.name, name, cell.property))),
        ),
    })),
  )
  if (broken.length === 0) return []
  return [`**No design helps**, on its nominal reading: ${broken.map((loss) => brokenClient(index, loss)).join('; ')}.`]
}

/** Clients that a design newly breaks and no claim of the debate speaks of. */
function unmentioned(index: ReportIndex, today: ReadingText | undefined, others: readonly ReadingText[]): readonly string[] {
  if (today === undefined || index.input.claims.length === 0) return []
  const checks = index.input.claims.flatMap((claim) => (claim.kind === 'checkable' ? claim.checks : []))
  const designs = new Map(index.input.readings.map(({ name, design }) => [name, design]))
  const isMentioned = (design: string, client: string): boolean =>
    checks.some(({ finding: { cell } }) => designs.get(cell.reading) === design && cell.client === client)
  const found = others.flatMap((reading) => {
    const lost = newlyBroken(index, today, reading).filter(({ client }) => !isMentioned(reading.design, client))
    return lost.length === 0 ? [] : [`${inlineCode(reading.design)}: ${examples(index, reading, lost)}`]
  })
  return found.length === 0 ? [] : [`**What the debate does not say** (no claim below speaks of it): ${found.join(' · ')}.`]
}

/** Claims that fail on a nominal reading, counted by author; the table of claims has them all, reading by reading. */
function refutedClaims({ input, nominal }: ReportIndex): readonly string[] {
  const names = new Set(nominal.map(({ name }) => name))
  const checkable = input.claims.flatMap((claim) => (claim.kind === 'checkable' ? [claim] : []))
  if (checkable.length === 0) return []
  const refuted = checkable.filter(({ checks }) =>
    checks.some(({ outcome, finding }) => outcome === 'refuted' && names.has(finding.cell.reading)),
  )
  const authors = [...new Set(refuted.map(({ by }) => by))].map((author) => {
    const own = refuted.filter(({ by }) => by === author)
    const [example] = own
    const quoted = example === undefined ? '' : ` (such as ${messageLink(example.messages[0] ?? 0)}: "${prose(example.says)}")`
    return `${own.length} of ${escapeMarkdown(author)}${quoted}`
  })
  const found = refuted.length === 0 ? 'none fails' : `${refuted.length} fail, wholly or in part: ${authors.join('; ')}`
  return [
    `**Of the ${counted(checkable.length, 'claim')} that can be checked**, on the nominal readings ${found}. All are in the table below.`,
  ]
}

function titleOf({ input }: ReportIndex, client: string): string {
  return escapeMarkdown(input.clients.find(({ name }) => name === client)?.title ?? client)
}

function heading(reading: ReadingText): string {
  return `**${escapeMarkdown(reading.designTitle)}** (${readingLink(reading)})`
}

function readingLink({ name }: ReadingText): string {
  return link(inlineCode(name), readingPath(name))
}
