import type { Foretold } from '../predict/foretold.ts'
import type { Oracle } from '../predict/oracle.ts'
import type { World } from '../predict/world.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { Observation } from '../subject/observation.ts'
import type { Difference, StepComparison } from './compare-step.ts'
import { compareStep } from './compare-step.ts'
import { Renaming } from './renaming.ts'

/** How far a libpython and the model went together. */
export interface Comparison {
  /** Steps in which they agreed. */
  readonly agreed: number
  readonly inexact: number
  /** Statements of the model that ran in the steps that agreed. */
  readonly covered: ReadonlySet<string>
  /** The first step in which they did not; with the differences to the prediction that came nearest. */
  readonly disagreement?: { readonly step: number; readonly differences: readonly Difference[]; readonly predictions: number }
  /** The step of which the C standard says nothing, if there was one: neither it nor what follows is compared. */
  readonly undefinedAt?: number
}

interface Followed {
  readonly world: World
  readonly renaming: Renaming
}

/** Compares what was seen of a schedule with what the model says, step after step, keeping every way the model may have gone. */
export function compareRun(oracle: Oracle, schedule: Schedule, seen: readonly Observation[], foretold?: Foretold): Comparison {
  const covered = new Set<string>()
  const names = new Renaming()
  names.matches('main thread state', 'main thread state')
  let followed: readonly Followed[] = [{ world: foretold?.begin ?? oracle.begin(schedule.start), renaming: names }]
  let inexact = 0
  for (const [step, call] of schedule.steps.entries()) {
    const observation = seen[step]
    if (observation === undefined) return { agreed: step, inexact, covered, ...unlessDied(seen, step) }
    const tried = followed.flatMap(({ world, renaming }) =>
      (foretold?.branches.get(world) ?? oracle.predict(world, call, step)).map((branch) => ({
        branch,
        comparison: compareStep(branch.observation, observation, renaming),
      })),
    )
    const agreeing = tried.filter(({ comparison }) => comparison.differences.length === 0)
    if (agreeing.length === 0) return { agreed: step, inexact, covered, disagreement: nearestOf(tried, step) }
    if (!observation.isExact) inexact++
    if (agreeing.some(({ comparison }) => comparison.isUndefined)) return { agreed: step, inexact, covered, undefinedAt: step }
    for (const { branch } of agreeing.slice(0, 1)) for (const statement of branch.covered) covered.add(statement)
    followed = agreeing.map(({ branch, comparison }) => ({ world: branch.world, renaming: comparison.renaming }))
  }
  return { agreed: schedule.steps.length, inexact, covered }
}

/** A schedule may end early only because the process did. */
function unlessDied(seen: readonly Observation[], step: number): Pick<Comparison, 'disagreement'> {
  if (seen.at(-1)?.outcome.kind === 'died') return {}
  const silence = { what: 'whether the step was made', expected: 'yes', seen: 'nothing, though the process lives' }
  return { disagreement: { step, differences: [silence], predictions: 0 } }
}

function nearestOf(tried: readonly { readonly comparison: StepComparison }[], step: number): NonNullable<Comparison['disagreement']> {
  const byDistance = [...tried].sort((left, right) => left.comparison.differences.length - right.comparison.differences.length)
  return { step, differences: byDistance[0]?.comparison.differences ?? [], predictions: tried.length }
}
