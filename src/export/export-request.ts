import type { TransitionSystem } from '../model/language/transition-system.ts'
import type { Property } from '../properties/language/property.ts'
import type { About } from './header.ts'

/** The checkers that a model can be written for: SPIN, Rumur (and Murphi), TLC, LTSmin. */
export const exportTargets = ['promela', 'murphi', 'tla', 'etf'] as const
export type ExportTarget = (typeof exportTargets)[number]

/** What to write, and what to say about it. */
export interface ExportRequest {
  readonly system: TransitionSystem
  /** In order; what the target cannot say is listed in the header. */
  readonly properties: readonly Property[]
  readonly about: About
  /** Name of the file without its ending; it is in the commands of the header, and names a TLA+ module. */
  readonly fileName: string
}

/** Texts by the ending of their file: ".pml", ".m", ".etf", or ".tla" and ".cfg". The first is the model. */
export type ExportedFiles = ReadonlyMap<string, string>
