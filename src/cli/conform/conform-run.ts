import type { Probe } from '../../conformance/probes/probe.ts'
import type { Schedule } from '../../conformance/schedule/schedule.ts'
import type { Subject } from '../../conformance/subject/subject.ts'
import type { LengthRange } from '../../conformance/sweep/draw-numbers.ts'
import type { Judged } from '../../conformance/sweep/judged.ts'
import { policyFor, profileOfVersion, versionOf } from '../../conformance/sweep/match-profile.ts'
import { fitsOf } from '../../conformance/sweep/nearest-profile.ts'
import type { Pairing } from '../../conformance/sweep/order.ts'
import { PoolClosed, SweepPool } from '../../conformance/sweep/pool.ts'
import { statementsOf } from '../../conformance/sweep/statements.ts'
import { smallestOfEachKind, sweep } from '../../conformance/sweep/sweep.ts'
import type { Profile } from '../../model/cpython/versions/releases.ts'
import { profiles } from '../../model/cpython/versions/releases.ts'
import { now } from '../clock.ts'
import { showProgress } from '../progress.ts'
import type { Terminal } from '../terminal.ts'
import { nearest } from './conform-options.ts'
import type { Shown, SubjectResult } from './conform-result.ts'

/** What to run on each libpython: schedules that somebody wrote, and random ones. */
export interface Work {
  readonly given: readonly Pick<Probe, 'name' | 'schedule'>[]
  readonly random?: RandomWork
}

export interface RandomWork {
  readonly schedules: number
  readonly length: LengthRange
  readonly seed: number
}

export interface ConformRun {
  readonly work: Work
  readonly jobs: number
  readonly profile: string | undefined
  readonly signal: AbortSignal
}

/** Schedules that choose a profile for a libpython of an unknown version. */
const schedulesToMatch = 100
const matching = { schedules: schedulesToMatch, length: { shortest: 10, longest: 14 }, seed: 1 } as const

/** Runs the work on one libpython after the other, each on all threads. Once the signal is aborted, returns what there is by then. */
export async function runConformance(terminal: Terminal, subjects: readonly Subject[], run: ConformRun): Promise<readonly SubjectResult[]> {
  const pool = new SweepPool(run.jobs)
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => {
    closing ??= pool.close()
    return closing
  }
  const onAbort = (): void => void close()
  run.signal.addEventListener('abort', onAbort)
  const results: SubjectResult[] = []
  try {
    for (const subject of subjects) {
      if (run.signal.aborted) break
      const result = await runOn(terminal, pool, subject, run)
      if (result !== undefined) results.push(result)
    }
    return results
  } finally {
    run.signal.removeEventListener('abort', onAbort)
    await close()
  }
}

async function runOn(terminal: Terminal, pool: SweepPool, subject: Subject, run: ConformRun): Promise<SubjectResult | undefined> {
  const chosen = await profileFor(terminal, pool, subject, run.profile)
  if (chosen === undefined) return undefined
  const pairing = { subject, policy: policyFor(chosen.profile, subject) }
  const { given, random } = run.work
  const byHand = await runGiven(terminal, pool, pairing, given)
  const found = random === undefined ? byHand : together(byHand, await runRandom(terminal, pool, pairing, random))
  return { subject, ...chosen, ...found, statements: statementsOf(pairing.policy) }
}

interface Chosen {
  readonly profile: Profile
  readonly because?: string
}

/** Undefined if the pool was closed before one was found. */
async function profileFor(terminal: Terminal, pool: SweepPool, subject: Subject, asked: string | undefined): Promise<Chosen | undefined> {
  const version = versionOf(subject)
  const named = asked === undefined ? profileOfVersion(version) : profiles.find(({ name }) => name === asked)
  if (named !== undefined) return asked === undefined ? { profile: named } : { profile: named, because: 'as asked' }
  const progress = progressOf(terminal, `schedules on ${subject.name}, looking for its profile`, profiles.length * schedulesToMatch)
  const fits = await fitsOf(pool, subject, version, { ...matching, onProgress: progress.advance }).finally(progress.end)
  const [best, next] = fits
  if (best === undefined) return undefined
  const why = asked === nearest ? '' : 'no profile was made for its version; '
  const others = next === undefined ? '' : `, from ${next.profile.name} in ${next.disagreements}`
  return {
    profile: best.profile,
    because: `${why}it behaves most like ${best.profile.name}: it differs from it in ${best.disagreements} of ${schedulesToMatch} schedules${others}`,
  }
}

type Found = Omit<SubjectResult, 'subject' | 'statements' | keyof Chosen>

function together(one: Found, other: Found): Found {
  return {
    judged: [...one.judged, ...other.judged],
    disagreements: [...one.disagreements, ...other.disagreements],
    races: [...one.races, ...other.races],
    skipped: [...one.skipped, ...other.skipped],
    milliseconds: one.milliseconds + other.milliseconds,
    wasInterrupted: one.wasInterrupted || other.wasInterrupted,
  }
}

interface SubjectPairing extends Pairing {
  readonly subject: Subject
}

async function runRandom(terminal: Terminal, pool: SweepPool, pairing: SubjectPairing, work: RandomWork): Promise<Found> {
  const started = now()
  const progress = progressOf(terminal, `schedules on ${pairing.subject.name}`, work.schedules)
  const swept = await sweep(pool, pairing, { ...work, isSure: true, onProgress: progress.advance }).finally(progress.end)
  const { judged, disagreeing, wasInterrupted } = swept
  const milliseconds = now() - started
  const smallest = await smallestOfEachKind(pool, pairing, disagreeing)
  const titleOf = (position: number): string => `schedule ${position + 1} of seed ${work.seed}`
  return {
    judged,
    disagreements: smallest.map(({ judged: one, position, alike }) => ({
      judged: one,
      title: `${titleOf(position)}${alike === 1 ? '' : `; ${alike} of them look alike`}`,
    })),
    races: judged.flatMap((one, i) => (one.verdict === 'races' ? [{ judged: one, title: titleOf(i) }] : [])),
    skipped: [],
    milliseconds,
    wasInterrupted,
  }
}

async function runGiven(
  terminal: Terminal,
  pool: SweepPool,
  pairing: SubjectPairing,
  given: readonly Pick<Probe, 'name' | 'schedule'>[],
): Promise<Found> {
  const started = now()
  const progress = progressOf(terminal, `schedules written by hand on ${pairing.subject.name}`, given.length)
  const judging = given.map(async ({ name, schedule }): Promise<Shown | undefined> => {
    const judged = await judgeGiven(pool, pairing, schedule)
    progress.advance(1, judged?.steps ?? 0)
    return judged === undefined ? undefined : { judged, title: name }
  })
  const results = await Promise.all(judging).finally(progress.end)
  const shown = results.filter((one) => one !== undefined)
  const those = (verdict: Judged['verdict']): readonly Shown[] => shown.filter(({ judged }) => judged.verdict === verdict)
  return {
    judged: shown.map(({ judged }) => judged),
    disagreements: those('disagrees'),
    races: those('races'),
    skipped: those('is impossible'),
    milliseconds: now() - started,
    wasInterrupted: results.includes(undefined),
  }
}

/** Undefined if the pool is closed first. */
async function judgeGiven(pool: SweepPool, pairing: Pairing, schedule: Schedule): Promise<Judged | undefined> {
  try {
    const [judged] = await pool.ask({ pairing, order: { kind: 'given', schedules: [schedule] } })
    return judged
  } catch (error) {
    if (error instanceof PoolClosed) return undefined
    throw error
  }
}

type Advance = (schedules: number, steps: number) => void

function progressOf(terminal: Terminal, title: string, total: number): { readonly advance: Advance; readonly end: () => void } {
  const progress = showProgress(terminal, total, { things: title, parts: 'steps agree' })
  let done = 0
  let seen = 0
  return {
    advance: (schedules, steps) => {
      done += schedules
      seen += steps
      progress.advance(done, seen)
    },
    end: progress.end,
  }
}
