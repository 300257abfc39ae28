import type { TransitionSystem } from '../../src/model/language/transition-system.ts'

/** A transition system that every tool searches. */
export interface BenchModel {
  /** Unique among all models; child processes are told it. */
  readonly name: string
  /** Its place in the family: number of threads, or of rounds. */
  readonly size: number
  /** Built where it is asked for: elaborating is no part of a measurement. */
  readonly system: () => TransitionSystem
  /** From a source of its own; every exhaustive search without reductions must count it. */
  readonly expectedStates?: number
  /** Then tools are also compared with themselves on it, in other settings. */
  readonly isCheapToCompile?: boolean
  /** The same system as a person would write it for SPIN. */
  readonly byHand?: HandWritten
}

export interface HandWritten {
  /** From the root of the repository. */
  readonly path: string
  /** Definitions for SPIN's preprocessor. */
  readonly definitions: readonly string[]
  /** States that SPIN counts while `init` starts the processes, and that are none of the system. */
  readonly startUpStates: number
}

/** Models that differ in one size, smallest first: what does not fit is extrapolated from the ones before. */
export interface ModelFamily {
  readonly name: string
  readonly says: string
  readonly sizeIs: 'threads' | 'rounds'
  readonly models: readonly BenchModel[]
}
