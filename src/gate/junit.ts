import { boundsCode } from '../report/cell-bounds.ts'
import type { CellName } from '../report/finding.ts'
import type { CellChange } from './compare-cells.ts'
import { failsWith } from './compare-cells.ts'
import { gateKey } from './found-cell.ts'
import type { GateResult } from './gate-result.ts'
import { adviceOn, replayCommandOf, sayChange, titleOf } from './say-change.ts'

interface Case {
  readonly cell: CellName
  readonly change?: CellChange
}

/** The result as a JUnit report: a suite for each client on a reading, a case for each cell. A changed one fails, an undecided one is an error. */
export function gateJunit(result: GateResult): string {
  const changes = new Map(result.comparison.changes.map((change) => [gateKey(change.cell), change]))
  const judged = result.found.map(({ cell }): Case => {
    const change = changes.get(gateKey(cell))
    return change === undefined ? { cell } : { cell, change }
  })
  const surplus = result.comparison.changes.filter(({ kind }) => kind === 'surplus').map((change): Case => ({ cell: change.cell, change }))
  const suites = suitesOf([...judged, ...surplus])
  const lines = suites.flatMap(([name, cases]) => [
    `  <testsuite ${attributes({ name, ...counts(cases, result) })}>`,
    ...cases.flatMap((each) => caseLines(each, result)),
    '  </testsuite>',
  ])
  const all = attributes({ name: 'gilproof gate', ...counts([...judged, ...surplus], result) })
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites ${all}>`, ...lines, '</testsuites>', ''].join('\n')
}

function suitesOf(cases: readonly Case[]): readonly (readonly [string, readonly Case[]])[] {
  const suites = new Map<string, Case[]>()
  for (const each of cases) {
    const { reading, client, bounds } = each.cell
    const name = `${reading} / ${client} (${boundsCode(bounds)})`
    const suite = suites.get(name) ?? []
    suites.set(name, suite)
    suite.push(each)
  }
  return [...suites]
}

function counts(cases: readonly Case[], { strictTraces }: GateResult): Readonly<Record<string, number>> {
  const among = (outcome: string): number =>
    cases.filter(({ change }) => change !== undefined && failsWith(change.kind, { strictTraces }) === outcome).length
  return { tests: cases.length, failures: among('changed'), errors: among('undecided') }
}

function caseLines({ cell, change }: Case, { strictTraces, manifest }: GateResult): readonly string[] {
  const head = `    <testcase ${attributes({ classname: `${cell.reading}.${cell.client}`, name: cell.property })}`
  if (change === undefined) return [`${head}/>`]
  const trace = change.found?.counterexample?.told?.trace.map(({ text }, i) => `${i + 1}  ${text}`) ?? []
  const replay = replayCommandOf(change, manifest.modules)
  const text = [sayChange(change), adviceOn(change), ...(replay === undefined ? [] : [replay]), ...trace].join('\n')
  const outcome = failsWith(change.kind, { strictTraces })
  if (outcome === 'as-expected') return [`${head}>`, `      <system-out>${escapeXml(text)}</system-out>`, '    </testcase>']
  const element = outcome === 'changed' ? 'failure' : 'error'
  const opening = `<${element} ${attributes({ type: change.kind, message: titleOf(change.kind) })}>`
  return [`${head}>`, `      ${opening}${escapeXml(text)}</${element}>`, '    </testcase>']
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXml(String(value))}"`)
    .join(' ')
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Characters that XML 1.0 cannot have at all become U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"']/g, (character) => entities[character] ?? character)
}
