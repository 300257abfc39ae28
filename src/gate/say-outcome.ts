import { match } from 'ts-pattern'
import { counted } from '../report/sentence.ts'
import type { ChangeKind } from './compare-cells.ts'
import type { GateResult } from './gate-result.ts'
import type { GateVerdict } from './gate-verdict.ts'
import { titleOf } from './say-change.ts'

/** "2 new violations, 1 undecided": the changes counted by kind; empty without any. */
export function countChanges({ comparison: { changes } }: Pick<GateResult, 'comparison'>): string {
  const counts = new Map<ChangeKind, number>()
  for (const { kind } of changes) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, number]) => `${number} ${number === 1 ? titleOf(kind) : pluralOf(kind)}`).join(', ')
}

function pluralOf(kind: ChangeKind): string {
  return match(kind)
    .with('new-violation', () => 'new violations')
    .with('repaired', () => 'violations gone')
    .with('trace-changed', () => 'traces changed')
    .with('holds-otherwise', () => 'hold otherwise')
    .with('missing', 'surplus', 'undecided', titleOf)
    .exhaustive()
}

/** "412 cells as expected: 380 hold; 20 hold, never exercised; 12 violated". */
export function countExpected({ comparison: { asExpected } }: Pick<GateResult, 'comparison'>): string {
  return sayCounts(asExpected, ' as expected')
}

/** "412 cells: 380 hold; 20 hold, never exercised; 12 violated". */
export function sayExpectations(cells: readonly { readonly verdict: GateVerdict }[]): string {
  const counts = { holds: 0, 'never-exercised': 0, violated: 0, undecided: 0 }
  for (const { verdict } of cells) counts[verdict] += 1
  return sayCounts(counts, '')
}

function sayCounts(counts: Readonly<Record<GateVerdict, number>>, how: string): string {
  const { holds, violated, undecided } = counts
  const never = counts['never-exercised']
  const sum = holds + never + violated + undecided
  const parts = [
    ...(holds === 0 ? [] : [`${holds} ${holds === 1 ? 'holds' : 'hold'}`]),
    ...(never === 0 ? [] : [`${never} ${never === 1 ? 'holds' : 'hold'}, never exercised`]),
    ...(violated === 0 ? [] : [`${violated} violated`]),
    ...(undecided === 0 ? [] : [`${undecided} undecided, as allowed`]),
  ]
  return `${counted(sum, 'cell')}${how}${parts.length === 0 ? '' : `: ${parts.join('; ')}`}`
}

/** The whole in one sentence. */
export function sayOutcome(result: Pick<GateResult, 'comparison' | 'outcome' | 'shard'>): string {
  const part = result.shard === undefined ? '' : `Shard ${result.shard.index} of ${result.shard.of}: `
  const counts = countChanges(result)
  return match(result.outcome)
    .with('as-expected', () => `${part}as expected${counts === '' ? '' : ` (${counts})`}`)
    .with('changed', () => `${part}not as expected: ${counts}`)
    .with('undecided', () => `${part}not decided: ${counts}`)
    .exhaustive()
}
