import { check } from '../../src/checker/check.ts'
import type { Trace } from '../../src/checker/trace/trace.ts'
import { lastState } from '../../src/checker/trace/trace.ts'
import type { Limit } from '../../src/checker/verdict.ts'
import { describeDiagnostic } from '../../src/foundation/diagnostic.ts'
import { formulate } from '../../src/judge/formulate.ts'
import { variablesOf } from '../../src/judge/judge-scenario.ts'
import type { Policy } from '../../src/model/cpython/policy.ts'
import { distinctProfiles } from '../../src/model/cpython/versions/releases.ts'
import { describeValue } from '../../src/model/language/domain.ts'
import { evaluate } from '../../src/model/language/evaluate.ts'
import { shapeOf } from '../../src/model/language/state.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import { outcomeVariable } from '../../src/model/program/to-system.ts'
import { elaborate } from '../../src/model/scenarios/elaborate.ts'
import type { BugProgram, KnownBug } from './known-bug.ts'
import { boundsOf, clientOf } from './known-bug.ts'

/** What the checker says of a bug on one version. */
export type BugVerdict =
  /** The failure happens at the end of the trace, which is a shortest one of the merged system; `outcome` is how the process died. */
  | {
      readonly kind: 'found'
      readonly promise: string
      readonly trace: Trace
      readonly outcome: string | undefined
      readonly states: number
    }
  /** It happens in no reachable state. */
  | { readonly kind: 'not found'; readonly states: number }
  | { readonly kind: 'undecided'; readonly limit: Limit }

/** A version, by name. */
export interface Version {
  readonly name: string
  readonly policy: Policy
}

/** The versions that a bug speaks of: all profiles, built as it says, then those that were never released. */
export function versionsOf({ build, unreleased = {} }: KnownBug): readonly Version[] {
  const released = distinctProfiles.map(({ name, policy, debug }) => ({ name, policy: build === 'debug' ? debug : policy }))
  return [...released, ...Object.entries(unreleased).map(([name, policy]) => ({ name, policy }))]
}

/** Two profiles in a row of which one has the bug. */
export interface Turn {
  /** Name of the second one. */
  readonly at: string
  readonly comes: boolean
  readonly affected: Version
  readonly fixed: Version
}

/** Where a bug comes or goes, oldest first. */
export function turnsOf(bug: KnownBug): readonly Turn[] {
  const released = versionsOf(bug).filter(({ name }) => bug.unreleased?.[name] === undefined)
  return released.flatMap((after, i) => {
    const before = released[i - 1]
    const comes = bug.affected.includes(after.name)
    if (before === undefined || bug.affected.includes(before.name) === comes) return []
    return [{ at: after.name, comes, affected: comes ? after : before, fixed: comes ? before : after }]
  })
}

/** The verdict on the profile without the bug, had it decided this one thing as the profile with the bug does. */
export function judgeWithOneDecision(bug: KnownBug, { affected, fixed }: Turn, decision: keyof Policy): Promise<BugVerdict> {
  const policy = { ...fixed.policy, [decision]: affected.policy[decision] }
  return judgeKnownBug(bug, { name: `${fixed.name} with ${decision} of ${affected.name}`, policy })
}

/** No scenario here comes near it. */
const limits = { states: 400_000 }

/**
 * Searches every reachable state of the bug's program, or of another program in its place, for the documented failure. Throws what is
 * wrong with the model, if anything is. Cost: 20 ms in the mean, 200 ms at most.
 */
export async function judgeKnownBug(bug: KnownBug, { name, policy }: Version, program: BugProgram = bug.program): Promise<BugVerdict> {
  const elaboration = elaborate({ reading: name, policy, client: clientOf(bug, program), bounds: boundsOf(bug) })
  const searched = elaboration.compile({ merge: true, visible: variablesOf(elaboration, bug.failure) })
  const properties = formulate(elaboration, searched, bug.failure)
  const checked = await check(searched.system, properties, {
    limits,
    reductions: ['identity-renaming'],
    stopAt: 'first-violation',
  })
  if (!checked.ok) throw new Error(checked.diagnostics.map(describeDiagnostic).join('\n'))
  const { verdicts, coverage, modelError } = checked.value
  if (modelError !== undefined) throw new Error(describeDiagnostic(modelError.diagnostic))
  for (const { kind, property, trace } of verdicts) {
    if (kind !== 'violated' || trace === undefined) continue
    return { kind: 'found', promise: property, trace, outcome: outcomeOf(searched.system, trace), states: coverage.distinctStates }
  }
  return coverage.kind === 'exhaustive'
    ? { kind: 'not found', states: coverage.distinctStates }
    : { kind: 'undecided', limit: coverage.limit }
}

/** How the process died where the trace ends, if it did. */
function outcomeOf(system: TransitionSystem, trace: Trace): string | undefined {
  const shape = shapeOf(system.variables)
  const domain = shape.byName.get(outcomeVariable)?.domain
  if (domain === undefined) return undefined
  const value = evaluate({ kind: 'read', variable: outcomeVariable, indices: [] }, { shape, system, state: lastState(trace) })
  const text = describeValue(domain, value)
  return text === 'none' ? undefined : text
}
