import type { Caller } from '../caller.ts'

/** Code of the client's that runs while an interpreter ends. It may make every call that C code of an extension may make there. */
export interface FinalizationHooks {
  /** A function registered with `atexit`, called attached before anything is torn down. */
  readonly atexit?: () => void
  /** A finalizer of an object in a module, called attached while modules are torn down. */
  readonly teardown?: () => void
}

export function callAtexit({ program }: Caller, { atexit }: FinalizationHooks): void {
  if (atexit !== undefined) program.callback('atexit callback', atexit)
}

export function callTeardown({ program }: Caller, { teardown }: FinalizationHooks): void {
  if (teardown !== undefined) program.callback('finalizer', teardown)
}
