export interface CompileOptions {
  /** Whether states are renamed so that the order of allocation does not tell them apart: see `reduce/identity-renaming.ts`. */
  readonly renaming: boolean
}
