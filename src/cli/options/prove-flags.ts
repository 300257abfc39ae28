import type { BoundsFlags } from './bounds-options.ts'
import type { SearchFlags } from './search-options.ts'

export interface ProveFlags extends BoundsFlags, Pick<SearchFlags, 'maxStates' | 'maxSeconds' | 'maxMemory'> {
  readonly full?: boolean
  readonly releases?: boolean
  readonly claimsOnly?: boolean
  readonly design?: readonly string[]
  readonly client?: readonly string[]
  readonly fresh?: boolean
  readonly jobs?: number
  readonly out?: string
  readonly json?: boolean
}
