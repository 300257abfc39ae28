import type { Client } from '../../src/model/clients/client.ts'
import type { Bounds } from '../../src/model/cpython/bounds.ts'
import type { Policy } from '../../src/model/cpython/policy.ts'
import type { Promised } from '../../src/properties/catalog/promise.ts'
import type { ReportName } from './bug-reports.ts'

/** A program that shows a bug, or that no longer does: what a client is, without its words. */
export type BugProgram = Pick<Client, 'write' | 'finalizes' | 'restarts' | 'joins' | 'startsWithoutGil' | 'threadStates'>

/** A documented bug of CPython, or of a program that uses its API, as a scenario: what went wrong, and on which releases it does. */
export interface KnownBug {
  /** kebab-case, says what happens; unique. */
  readonly name: string
  /** One line for tables. */
  readonly title: string
  /** What the program does and what goes wrong, in our own words. */
  readonly says: string
  /** The reports it stands for; the first is the one it was written after. */
  readonly covers: readonly [ReportName, ...ReportName[]]
  /** OS threads and interpreters of the reports, the main ones counted. */
  readonly threads: number
  readonly interpreters: number
  /** The main thread of the scenario only sets the scene, and is none of the threads of the reports. */
  readonly mainSetsTheScene?: true
  readonly program: BugProgram
  /** What the documented failure breaks: one of these promises is enough. */
  readonly failure: readonly [Promised, ...Promised[]]
  /** Words in the fatal error, or the cause of the undefined behaviour, that the failure ends with. */
  readonly outcome?: RegExp
  /** It shows in builds with `Py_DEBUG`. */
  readonly build?: 'debug'
  /** Names of profiles, oldest first; together with `fixed`, all of them. */
  readonly affected: readonly string[]
  readonly fixed: readonly string[]
  /** For each profile that it comes or goes with: the one decision of the release that made the difference. */
  readonly turns?: Readonly<Record<string, keyof Policy>>
  /** Why these are not literally the releases that the reports name. */
  readonly range?: string
  /** Where the checker, and runs of the releases, contradict the reports: what happens. */
  readonly disagreesWithReport?: string
  /** Versions between two releases that no profile describes, by name: the fault is in them alone. */
  readonly unreleased?: Readonly<Record<string, Policy>>
  /** The program as it was repaired: the failure is not to be found on these profiles. */
  readonly repaired?: { readonly says: string; readonly on: readonly string[]; readonly program: BugProgram }
}

/** Sizes of the scenario: at most the threads and interpreters of the reports. */
export function boundsOf({ threads, interpreters, mainSetsTheScene }: KnownBug): Bounds {
  return { threads: mainSetsTheScene === true ? threads : threads - 1, interpreters, rounds: 1 }
}

/** The bug as a client of the API. */
export function clientOf({ name, title, says }: KnownBug, program: BugProgram): Client {
  return { name, title, says, kind: 'wrong', ...program }
}
