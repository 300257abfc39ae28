import type { Evidence } from '../finding.ts'
import type { TraceVocabulary } from '../trace-vocabulary.ts'
import type { ChartVocabulary, Place } from './html-input.ts'
import type { Arrow, Banding, Lane, Moment, PageData } from './page-data.ts'
import { Positions } from './positions.ts'
import type { Lock } from './state-walk.ts'
import { locksOf, StateWalk } from './state-walk.ts'

/** The chart of a counterexample: a lane for each OS thread, each lock and each interpreter that lives at some time, and a row for each step. */
export function chartData(
  evidence: Evidence,
  places: readonly Place[],
  vocabulary: TraceVocabulary,
  chart: ChartVocabulary,
): Pick<PageData, 'lanes' | 'bandings' | 'moments'> {
  const { threads, steps } = evidence
  const locks = locksOf(places, evidence, vocabulary, chart)
  const interpreters = interpretersOf(evidence, places, vocabulary, chart)
  const walk = new StateWalk(places, vocabulary)
  const lanes = [
    ...threads.map((name): Lane => ({ kind: 'thread', name })),
    ...locks.map(({ interpreter }): Lane => ({ kind: 'lock', name: lockName(interpreter, vocabulary) })),
    ...interpreters.map((name): Lane => ({ kind: 'interpreter', name })),
  ]
  let bands = bandsOf(walk, threads, locks, interpreters)
  const bandings = new Positions<Banding>()
  const moments: Moment[] = [{ thread: -1, banding: bandings.of(bands), arrows: [] }]
  for (const { thread, changes } of steps) {
    walk.take(thread, changes)
    const after = bandsOf(walk, threads, locks, interpreters)
    const position = threads.indexOf(thread)
    moments.push({ thread: position, banding: bandings.of(after), arrows: arrowsOf(position, bands, after, lanes) })
    bands = after
  }
  return { lanes, bandings: bandings.all, moments }
}

/** Threads that take a step, hold a lock at the start, or are stuck at the end; the others are in the scenario only. */
export function threadsOfInterest({ threads, steps, standing }: Evidence, { initially }: TraceVocabulary): readonly string[] {
  const stuck = standing.filter(({ isBlocked }) => isBlocked)
  const named = new Set([initially.thread, ...[...steps, ...stuck].map(({ thread }) => thread)])
  return threads.filter((name) => named.has(name))
}

/** "GIL", or "GIL of sub" where each interpreter may have one. */
export function lockName(interpreter: string | undefined, { lockName }: TraceVocabulary): string {
  return interpreter === undefined ? lockName : `${lockName} of ${interpreter}`
}

/** Interpreters that live at the start, or are made. */
function interpretersOf(
  { steps }: Evidence,
  places: readonly Place[],
  { lives, alive }: TraceVocabulary,
  { interpreter }: ChartVocabulary,
): readonly string[] {
  const made = new Set(steps.flatMap(({ changes }) => changes.map(({ what }) => what)))
  return places.flatMap(({ variable, what, indices: [index], initial }) =>
    index?.of === interpreter && lives.includes(variable) && (initial === alive || made.has(what)) ? [index.name] : [],
  )
}

/** A thread fills its own lane while it holds a lock, the lane of that lock, and that of the interpreter it is attached to. */
function bandsOf(walk: StateWalk, threads: readonly string[], locks: readonly Lock[], interpreters: readonly string[]): Banding {
  const holders = locks.map((lock) => walk.holderOf(lock))
  const runsIn = threads.map((thread) => walk.interpreterOf(walk.attachedOf(thread)))
  const all = threads.map((_, i) => i)
  return [
    ...threads.map((name, i) => (holders.includes(name) ? [i] : [])),
    ...holders.map((holder) => all.filter((i) => threads[i] === holder)),
    ...interpreters.map((name) => all.filter((i) => runsIn[i] === name)),
  ]
}

/**
 * Where a lane of a lock or an interpreter gained the acting thread, or lost it or another one. A swap from one interpreter to another is an
 * arrow to where it leads.
 */
function arrowsOf(thread: number, before: Banding, after: Banding, lanes: readonly Lane[]): readonly Arrow[] {
  const arrows = after.flatMap((now, lane): readonly { readonly to: number; readonly gives: boolean; readonly kind: Lane['kind'] }[] => {
    const { kind } = lanes[lane] ?? { kind: 'thread' }
    if (kind === 'thread') return []
    const was = before[lane] ?? []
    if (now.some((holder) => !was.includes(holder))) return [{ to: lane, gives: false, kind }]
    return was.some((holder) => !now.includes(holder)) ? [{ to: lane, gives: true, kind }] : []
  })
  const leads = (kind: Lane['kind']): boolean => arrows.some((arrow) => !arrow.gives && arrow.kind === kind)
  return arrows
    .filter(({ gives, kind }) => thread >= 0 && !(gives && kind === 'interpreter' && leads(kind)))
    .map(({ to, gives }): Arrow => [to, gives])
}
