import type { Subject } from '../../conformance/subject/subject.ts'
import type { Judged } from '../../conformance/sweep/judged.ts'
import { isModelledC } from '../../conformance/sweep/statements.ts'
import { sumOf } from '../../conformance/sweep/sweep.ts'
import type { Profile } from '../../model/cpython/versions/releases.ts'

/** What came of the schedules that ran on one libpython. */
export interface SubjectResult {
  readonly subject: Subject
  readonly profile: Profile
  /** Why this profile; nothing where it is that of the version. */
  readonly because?: string
  readonly judged: readonly Judged[]
  /** What to look at: a smallest schedule for each kind of disagreement, or the given schedule itself. */
  readonly disagreements: readonly Shown[]
  readonly races: readonly Shown[]
  /** Given schedules that the model cannot take, and why. */
  readonly skipped: readonly Shown[]
  /** Statements that there are to be covered. */
  readonly statements: readonly string[]
  readonly milliseconds: number
  readonly wasInterrupted: boolean
}

export interface Shown {
  readonly judged: Judged
  /** Which schedule it is: "schedule 17 of seed 42", "probe swap-to-null". */
  readonly title: string
}

export interface Totals {
  readonly schedules: number
  readonly steps: number
  readonly disagreements: number
  readonly races: number
  readonly skipped: number
  readonly inexact: number
  readonly undefinedEnds: number
  readonly covered: number
  readonly statements: number
  /** In the order of their names. */
  readonly uncovered: readonly string[]
}

/** By wall clock, all of the work on that libpython counted: the model's side, starting, and repeats. A whole number. */
export function schedulesPerSecond({ judged, milliseconds }: Pick<SubjectResult, 'judged' | 'milliseconds'>): number {
  return Math.round(judged.length / Math.max(milliseconds / 1000, 0.001))
}

export function totalsOf({ judged, statements }: Pick<SubjectResult, 'judged' | 'statements'>): Totals {
  const covered = new Set(judged.flatMap((one) => one.covered).filter(isModelledC))
  const uncovered = statements.filter((statement) => !covered.has(statement))
  return {
    schedules: judged.length,
    steps: sumOf(judged, ({ steps }) => steps),
    disagreements: judged.filter(({ verdict }) => verdict === 'disagrees').length,
    races: judged.filter(({ verdict }) => verdict === 'races').length,
    skipped: judged.filter(({ verdict }) => verdict === 'is impossible').length,
    inexact: sumOf(judged, ({ inexact }) => inexact),
    undefinedEnds: judged.filter(({ endsUndefined }) => endsUndefined).length,
    covered: statements.length - uncovered.length,
    statements: statements.length,
    uncovered,
  }
}
