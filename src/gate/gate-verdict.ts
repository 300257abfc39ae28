import { match } from 'ts-pattern'
import { InternalError } from '../foundation/diagnostic.ts'
import type { CellStatus } from '../report/finding.ts'

/** What a manifest may expect of a cell, in the words of the glossary. A client that cannot be run on a design makes no cell. */
export const gateVerdicts = ['holds', 'never-exercised', 'violated', 'undecided'] as const
export type GateVerdict = (typeof gateVerdicts)[number]

export function verdictOf(status: CellStatus): GateVerdict {
  return match(status)
    .with('safe', () => 'holds' as const)
    .with('never-exercised', 'violated', 'undecided', (same) => same)
    .with('not-applicable', () => {
      throw new InternalError('MC901', 'a client was judged on a design that it cannot be run on')
    })
    .exhaustive()
}

/** "holds, never exercised": it holds in every reachable state, but the situation it speaks of does not occur. */
export function sayVerdict(verdict: GateVerdict): string {
  return verdict === 'never-exercised' ? 'holds, never exercised' : verdict
}
