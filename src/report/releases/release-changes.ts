import type { Finding } from '../finding.ts'
import { escapeMarkdown, inlineCode, link, markdownTable, prose } from '../markdown.ts'
import type { ClientText } from '../report-input.ts'
import { capitalized, counted } from '../sentence.ts'
import type { Appearance, ReleaseIndex } from './release-index.ts'
import type { ReleaseText } from './releases-input.ts'

/** What one release breaks and repairs, compared with the one before it. */
export interface ReleaseChange {
  readonly before: ReleaseText
  readonly release: ReleaseText
  /** Cells that are violated here and were kept there. */
  readonly breaks: readonly Appearance[]
  /** Cells that were violated there and are kept here; they tell the trace of the first release that violated them. */
  readonly repairs: readonly Appearance[]
}

/** Each release against the one before. A cell that one of the two does not have, or could not decide, is no change. */
export function changesOf(index: ReleaseIndex): readonly ReleaseChange[] {
  const { releases } = index.input
  return releases.flatMap((release, position): readonly ReleaseChange[] => {
    const before = releases[position - 1]
    if (before === undefined) return []
    const isKept = (where: ReleaseText, { client, promise }: Appearance): boolean => holds(index.find(where, client.name, promise.name))
    return [
      {
        before,
        release,
        breaks: index.appearances.filter((each) => each.first === position && isKept(before, each)),
        repairs: index.appearances.filter((each) => each.last === position - 1 && isKept(release, each)),
      },
    ]
  })
}

function holds(finding: Finding | undefined): boolean {
  return finding?.status === 'safe' || finding?.status === 'never-exercised'
}

/** A section for each release that changes something. */
export function changeSections(index: ReleaseIndex): string {
  const changes = changesOf(index)
  const still = changes.filter(({ breaks, repairs }) => breaks.length + repairs.length === 0)
  return [
    ...changes.filter((change) => !still.includes(change)).map((change) => changeSection(index, change)),
    ...still.map(
      ({ before, release }) => `**${before.short} → ${release.short}** changes no verdict that both have. ${prose(release.says)}`,
    ),
  ].join('\n\n')
}

function changeSection(index: ReleaseIndex, { before, release, breaks, repairs }: ReleaseChange): string {
  const clients = index.input.clients.filter((client) => [...breaks, ...repairs].some((each) => each.client === client))
  const rows = clients.map((client) => [titleOf(client), listed(index, breaks, client), listed(index, repairs, client)])
  const parts = [
    ...(breaks.length === 0
      ? []
      : [`${counted(breaks.length, 'cell')} that ${before.short} keeps ${breaks.length === 1 ? 'is' : 'are'} broken`]),
    ...(repairs.length === 0 ? [] : [`${counted(repairs.length, 'cell')} that it breaks ${repairs.length === 1 ? 'is' : 'are'} repaired`]),
  ]
  return [
    `### ${before.short} → ${release.short}`,
    `${prose(release.says)} ${capitalized(parts.join(', '))}.`,
    markdownTable(['program', 'breaks', 'repairs'], rows),
  ].join('\n\n')
}

/** The promises of one client, each linked to its trace. */
function listed(index: ReleaseIndex, appearances: readonly Appearance[], client: ClientText): string {
  return appearances
    .filter((each) => each.client === client)
    .map((each) => link(inlineCode(each.promise.name), index.pageOf(each)))
    .join('<br>')
}

export function titleOf({ title, kind }: ClientText): string {
  return `${escapeMarkdown(title)}${kind === 'unmodified' ? '' : ` (${kind})`}`
}
