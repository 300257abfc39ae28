import { wordsOfEveryRelease } from '../../model/cpython/fatal-messages.ts'
import type { Difference } from '../compare/compare-step.ts'
import { compareStep, describe } from '../compare/compare-step.ts'
import { Renaming } from '../compare/renaming.ts'
import type { Expected } from '../predict/prediction.ts'
import type { Schedule, ScheduledCall } from '../schedule/schedule.ts'
import type { Observation } from '../subject/observation.ts'
import type { Path } from './lockstep.ts'
import { interpreterMadeBy } from './naming.ts'
import type { Foreseen, Replayable, ReplayStep } from './replayable.ts'

/** What became of a counterexample on a real libpython. */
export interface Replayed {
  readonly steps: readonly ReplayedStep[]
  /** Every step that was made is one that the model foresees. */
  readonly agrees: boolean
  /** The promise was seen to be broken: the run went a way on which the model breaks it. */
  readonly isShown: boolean
}

export interface ReplayedStep {
  readonly call: ScheduledCall
  /** A step that sets the scene is no part of the trace; after a difference nothing is compared any more. */
  readonly standing: 'agrees' | 'differs' | 'sets the scene' | 'not compared'
  /** What the model says. */
  readonly foreseen?: string
  readonly seen: string
  readonly differences: readonly Difference[]
  /** The promise is broken here. */
  readonly breaks: boolean
  /** `run Python`: where the code belongs. */
  readonly home?: string
  /** "blocked" was proven, not only waited for. */
  readonly isExact: boolean
}

interface Followed {
  /** Undefined before the first step. */
  readonly path?: Path
  readonly renaming: Renaming
  readonly isBroken: boolean
}

/** Compares a run with what was foreseen, step after step, up to the first difference; then only says what was seen. */
export function compareReplay({ schedule, steps }: Replayable, seen: readonly Observation[]): Replayed {
  let followed: readonly Followed[] = [{ renaming: namesOnBothSides(schedule), isBroken: false }]
  const replayed: ReplayedStep[] = []
  for (const [i, call] of schedule.steps.entries()) {
    const observation = seen[i]
    const step = steps[i]
    if (observation === undefined || step === undefined) break
    const isCompared = followed.length > 0
    const following = isCompared ? follow(followed, step, observation) : nothingMore
    replayed.push({ ...told(call, step, observation), ...judged(following, step, isCompared), breaks: breaksIn(followed, following) })
    followed = following.next
  }
  return { steps: replayed, agrees: followed.length > 0, isShown: followed.some(({ isBroken }) => isBroken) }
}

/** Interpreters are called the same in the model and by the harness: one is never taken for another. */
function namesOnBothSides({ steps }: Schedule): Renaming {
  const names = new Renaming()
  names.matches('main thread state', 'main thread state')
  names.matches('main', 'main')
  for (const { call, result } of steps) {
    const interpreter = result === undefined ? undefined : interpreterMadeBy(call, result)
    if (interpreter !== undefined) names.matches(interpreter, interpreter)
  }
  return names
}

function told(
  call: ScheduledCall,
  { home }: ReplayStep,
  observation: Observation,
): Pick<ReplayedStep, 'call' | 'seen' | 'home' | 'isExact'> {
  return { call, seen: describeSeen(observation), isExact: observation.isExact, ...(home === undefined ? {} : { home }) }
}

function judged(
  { next, differences, foreseen }: Following,
  step: ReplayStep,
  isCompared: boolean,
): Pick<ReplayedStep, 'standing' | 'foreseen' | 'differences'> {
  const agrees = step.foreseen.length === 0 ? 'sets the scene' : 'agrees'
  const standing = !isCompared ? 'not compared' : next.length === 0 ? 'differs' : agrees
  return { standing, differences, ...(foreseen === undefined ? {} : { foreseen: describeExpected(foreseen) }) }
}

function breaksIn(before: readonly Followed[], { next }: Following): boolean {
  return next.length > 0 && next.every(({ isBroken }) => isBroken) && !before.every(({ isBroken }) => isBroken)
}

interface Following {
  readonly next: readonly Followed[]
  readonly differences: readonly Difference[]
  /** The prediction that came nearest. */
  readonly foreseen?: Expected
}

const nothingMore: Following = { next: [], differences: [] }

function follow(followed: readonly Followed[], { foreseen }: ReplayStep, observation: Observation): Following {
  if (foreseen.length === 0) {
    const hasReturned = observation.outcome.kind === 'returned'
    const difference = { what: 'the outcome', expected: 'returned', seen: describe(observation.outcome) }
    return hasReturned ? { next: followed, differences: [] } : { next: [], differences: [difference] }
  }
  const tried = followed.flatMap(({ path, renaming }) =>
    foreseen
      .filter((way) => path === undefined || descends(way, path))
      .flatMap((way) =>
        inEveryWording(way.expected).map((expected) => ({ way, expected, ...compareStep(expected, observation, renaming) })),
      ),
  )
  const agreeing = tried.filter(({ differences }) => differences.length === 0)
  const [nearest] = [...tried].sort((left, right) => left.differences.length - right.differences.length)
  if (nearest === undefined) return { next: [], differences: [{ what: 'the step', expected: 'not to be reached', seen: 'it was' }] }
  return {
    next: agreeing.map(({ way, renaming }) => ({ path: way.path, renaming, isBroken: way.isBroken })),
    differences: agreeing.length > 0 ? [] : nearest.differences,
    foreseen: (agreeing[0] ?? nearest).way.expected,
  }
}

/** Calls that are left out of the schedule stand between one step of it and the next. */
function descends({ path }: Foreseen, from: Path): boolean {
  for (let at = path.before; at !== undefined; at = at.before) if (at === from) return true
  return false
}

/** A fatal error is the same in the words of another release. */
function inEveryWording(expected: Expected): readonly Expected[] {
  const { outcome } = expected
  if (outcome.kind !== 'died' || outcome.death.kind !== 'fatal') return [expected]
  const { kind, message } = outcome.death
  return wordsOfEveryRelease(message).map((words) => ({ ...expected, outcome: { kind: 'died', death: { kind, message: words } } }))
}

function describeExpected({ outcome, cameBack }: Expected): string {
  return [describe(outcome), ...cameBack.map((came) => `${came.thread} comes back: ${describe(came.outcome)}`)].join('; ')
}

function describeSeen({ outcome, cameBack }: Observation): string {
  return [describe(outcome), ...cameBack.map((came) => `${came.thread} comes back: ${describe(came.outcome)}`)].join('; ')
}
