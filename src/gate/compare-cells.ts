import type { CellName } from '../report/finding.ts'
import type { FoundCell } from './found-cell.ts'
import { compareCells, gateKey } from './found-cell.ts'
import type { GateVerdict } from './gate-verdict.ts'
import type { ExpectedCell } from './manifest.ts'

/** In the order in which they are told. */
export const changeKinds = [
  /** Violated, and was expected to hold, or not to be decided. */
  'new-violation',
  /** Holds, and was expected to be violated. */
  'repaired',
  /** Holds, but otherwise than expected: exercised or not, or decided at last. */
  'holds-otherwise',
  /** Judged, and not in the manifest. */
  'missing',
  /** In the manifest, and judged no more. */
  'surplus',
  /** Not decided, and expected to be; or never come to. */
  'undecided',
  /** Violated as expected, but by another trace. */
  'trace-changed',
] as const
export type ChangeKind = (typeof changeKinds)[number]

/** One cell that is not as the manifest says. */
export interface CellChange {
  readonly kind: ChangeKind
  readonly cell: CellName
  readonly expected?: ExpectedCell
  readonly found?: FoundCell
}

/** What was found beside what was expected. */
export interface Comparison {
  /** By kind, then in the order of cells. */
  readonly changes: readonly CellChange[]
  /** Cells that are as the manifest says, by verdict. */
  readonly asExpected: Readonly<Record<GateVerdict, number>>
  /** Violated cells whose acceptance has no reason in the manifest. */
  readonly withoutReason: number
}

/** Each cell once, found or expected. `expected` may be those of one shard. */
export function compareWithManifest(expected: readonly ExpectedCell[], found: readonly FoundCell[]): Comparison {
  const before = new Map(expected.map((cell) => [gateKey(cell.cell), cell]))
  const judged = new Set(found.map(({ cell }) => gateKey(cell)))
  const asExpected = { holds: 0, 'never-exercised': 0, violated: 0, undecided: 0 }
  const changes: CellChange[] = []
  for (const cell of found) {
    const was = before.get(gateKey(cell.cell))
    const kind = changeOf(was, cell)
    if (kind === undefined) asExpected[cell.verdict] += 1
    else changes.push({ kind, cell: cell.cell, found: cell, ...(was === undefined ? {} : { expected: was }) })
  }
  for (const cell of expected) if (!judged.has(gateKey(cell.cell))) changes.push({ kind: 'surplus', cell: cell.cell, expected: cell })
  const order = (kind: ChangeKind): number => changeKinds.indexOf(kind)
  changes.sort((left, right) => order(left.kind) - order(right.kind) || compareCells(left.cell, right.cell))
  const withoutReason = expected.filter(({ verdict, because }) => verdict === 'violated' && (because ?? '').trim() === '').length
  return { changes, asExpected, withoutReason }
}

function changeOf(was: ExpectedCell | undefined, { verdict, isLeftOut, counterexample }: FoundCell): ChangeKind | undefined {
  if (isLeftOut === true) return 'undecided'
  if (was === undefined) return 'missing'
  if (was.verdict !== verdict) {
    if (verdict === 'violated') return 'new-violation'
    if (verdict === 'undecided') return 'undecided'
    return was.verdict === 'violated' ? 'repaired' : 'holds-otherwise'
  }
  return was.counterexample?.fingerprint === counterexample?.fingerprint ? undefined : 'trace-changed'
}

/** What a gate says as a whole. */
export type GateOutcome = 'as-expected' | 'changed' | 'undecided'

/** A changed verdict outweighs what is undecided; a missing cell that could not be decided is both. */
export function outcomeOf({ changes }: Pick<Comparison, 'changes'>, options: { readonly strictTraces: boolean }): GateOutcome {
  if (changes.some(({ kind }) => failsWith(kind, options) === 'changed')) return 'changed'
  return changes.some(({ kind }) => kind === 'undecided') ? 'undecided' : 'as-expected'
}

/** What one change makes of the whole. */
export function failsWith(kind: ChangeKind, { strictTraces }: { readonly strictTraces: boolean }): GateOutcome {
  if (kind === 'undecided') return 'undecided'
  return kind === 'trace-changed' && !strictTraces ? 'as-expected' : 'changed'
}
