import { match } from 'ts-pattern'
import { escapeMarkdown, inlineCode, link, markdownTable, messageLink, prose } from './markdown.ts'
import type { ReportIndex } from './report-index.ts'
import type { CheckedCell, CheckedClaim, ClaimText, UncheckableClaim } from './report-input.ts'
import { clientAnchor } from './report-paths.ts'

/** What was claimed in the debate, and what became of it; then what cannot be checked. */
export function claimSections(index: ReportIndex): readonly string[] {
  const checked = index.input.claims.filter((claim): claim is CheckedClaim => claim.kind === 'checkable')
  const uncheckable = index.input.claims.filter((claim): claim is UncheckableClaim => claim.kind === 'uncheckable')
  return [
    ...(checked.length === 0 ? [] : ['## What was claimed', checkedTable(index, checked)]),
    ...(uncheckable.length === 0 ? [] : ['## What cannot be checked', uncheckableTable(uncheckable)]),
  ]
}

function checkedTable(index: ReportIndex, claims: readonly CheckedClaim[]): string {
  const rows = claims.map((claim) => [
    said(claim),
    `${escapeMarkdown(claim.by)}, ${claim.messages.map(messageLink).join(', ')}`,
    prose(claim.formalisation),
    claim.checks.map((check) => checkLine(index, check)).join('<br>'),
  ])
  return [
    '✔ the verdict agrees with the claim · ✘ it does not · ❔ undecided · – the client cannot be written for the design. The author of each check predicted its outcome before it first ran; "unexpected" marks a wrong prediction.',
    markdownTable(['claim', 'who', 'how it was checked', 'verdicts'], rows),
  ].join('\n\n')
}

function said({ says, quote }: ClaimText): string {
  return `${prose(says)}${quote === undefined ? '' : ` *"${prose(quote)}"*`}`
}

function checkLine(index: ReportIndex, { finding, claims, predicts, outcome }: CheckedCell): string {
  const { reading, client, property } = finding.cell
  const symbol = match(outcome)
    .with('confirmed', () => '✔')
    .with('refuted', () => '✘')
    .with('undecided', () => '❔')
    .with('not-applicable', () => '–')
    .exhaustive()
  const isSurprise = (outcome === 'confirmed' || outcome === 'refuted') && outcome !== predicts
  const target = finding.status === 'violated' ? index.pageOf(finding) : clientAnchor(reading, client)
  const verdict =
    finding.status === 'violated' ? `broken in ${finding.evidence?.steps.length ?? 0} steps` : finding.status.replace('-', ' ')
  return `${symbol} ${inlineCode(reading)} ${claims === 'kept' ? 'keeps' : 'breaks'} ${inlineCode(property)} for ${inlineCode(client)}: ${link(verdict, target)}${isSurprise ? ' (unexpected)' : ''}`
}

function uncheckableTable(claims: readonly UncheckableClaim[]): string {
  return markdownTable(
    ['claim', 'who', 'why not'],
    claims.map((claim) => [
      said(claim),
      `${escapeMarkdown(claim.by)}, ${claim.messages.map(messageLink).join(', ')}`,
      prose(claim.because),
    ]),
  )
}
