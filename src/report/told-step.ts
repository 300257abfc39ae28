import type { SourceAnchor } from '../model/language/source-anchor.ts'
import type { Change } from './finding.ts'

/** One step of a trace as pages tell it. */
export interface ToldStep {
  /** Position among the told steps, from 1. */
  readonly number: number
  readonly thread: string
  readonly calls: readonly string[]
  readonly activation?: number
  readonly says: string
  readonly source?: SourceAnchor
  readonly events: readonly string[]
  readonly changes: readonly ToldChange[]
  /** Another thread took the step before. */
  readonly isContextSwitch: boolean
}

export interface ToldChange {
  readonly kind: Change['kind']
  /** Name of the variable without its index: "interpreter of". */
  readonly variable: string
  /** The indices, labelled: ["thread state 1 (sub)"]. */
  readonly indices: readonly string[]
  readonly from: string
  readonly to: string
}

/** What a change says of an identity that is not there. */
export const nothing = 'none'

/** What a change is of, as a phrase: "interpreter of thread state 1", "slot of thread 1", and "interpreter sub" for "interpreter is". */
export function describePlace({ variable, indices }: Pick<ToldChange, 'variable' | 'indices'>): string {
  if (indices.length === 0) return variable
  const index = indices.join(', ')
  if (variable.endsWith(' is')) {
    const kind = variable.slice(0, -' is'.length)
    return index.includes(kind) ? index : `${kind} ${index}`
  }
  return variable.endsWith(' of') ? `${variable} ${index}` : `${variable} of ${index}`
}
