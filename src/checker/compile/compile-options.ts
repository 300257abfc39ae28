import type { InterchangeableProcesses } from '../symmetry/interchangeable.ts'

export interface CompileOptions {
  /** Whether states are renamed so that the order of allocation does not tell them apart: see `reduce/identity-renaming.ts`. */
  readonly renaming: boolean
  /** Processes that are put into order, so that who is who does not tell states apart: see `reduce/process-symmetry.ts`. Default: none. */
  readonly interchangeable?: readonly InterchangeableProcesses[]
}
