import { wordsOfEveryRelease } from '../../model/cpython/fatal-messages.ts'
import type { Difference } from '../compare/compare-step.ts'
import { compareStep, describe } from '../compare/compare-step.ts'
import { Renaming } from '../compare/renaming.ts'
import type { Expected } from '../predict/prediction.ts'
import type { ScheduledCall } from '../schedule/schedule.ts'
import type { Observation } from '../subject/observation.ts'
import type { Path } from './lockstep.ts'
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
  /** What the model says; nothing where the step only sets the scene. */
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

/** Compares a run with what was foreseen, step after step, up to the first difference or to the death of the process. */
export function compareReplay({ schedule, steps }: Replayable, seen: readonly Observation[]): Replayed {
  const names = new Renaming()
  names.matches('main thread state', 'main thread state')
  let followed: readonly Followed[] = [{ renaming: names, isBroken: false }]
  const replayed: ReplayedStep[] = []
  for (const [i, call] of schedule.steps.entries()) {
    const observation = seen[i]
    const step = steps[i]
    if (observation === undefined || step === undefined) break
    const { next, differences, foreseen } = follow(followed, step, observation)
    const breaks = next.length > 0 && next.every(({ isBroken }) => isBroken) && !followed.every(({ isBroken }) => isBroken)
    const { home } = step
    replayed.push({
      call,
      seen: describeSeen(observation),
      ...(foreseen === undefined ? {} : { foreseen: describeExpected(foreseen) }),
      differences,
      breaks,
      ...(home === undefined ? {} : { home }),
      isExact: observation.isExact,
    })
    if (differences.length > 0) return { steps: replayed, agrees: false, isShown: false }
    followed = next
  }
  return { steps: replayed, agrees: true, isShown: followed.some(({ isBroken }) => isBroken) }
}

interface Following {
  readonly next: readonly Followed[]
  readonly differences: readonly Difference[]
  /** The prediction that came nearest. */
  readonly foreseen?: Expected
}

function follow(followed: readonly Followed[], { foreseen }: ReplayStep, observation: Observation): Following {
  if (foreseen.length === 0) {
    const hasReturned = observation.outcome.kind === 'returned'
    const difference = { what: 'the outcome', expected: 'returned', seen: describe(observation.outcome) }
    return { next: followed, differences: hasReturned ? [] : [difference] }
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
