import type { RuntimeState } from '../../model/cpython/runtime-state.ts'
import { firstMember, memberCount } from '../../model/language/domain.ts'
import type { Surroundings } from '../../model/language/evaluate.ts'
import { evaluate, isEnabled } from '../../model/language/evaluate.ts'
import type { Expression, Read } from '../../model/language/expression.ts'
import type { State } from '../../model/language/state.ts'
import { elementAt, shapeOf } from '../../model/language/state.ts'
import { substitute } from '../../model/language/transform.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { Wait } from '../../report/explanation/explanation.ts'
import { goesOn } from '../../report/finding.ts'
import {
  conditionsOf,
  describeConditions,
  firstFailing,
  namesProcesses,
  readsOf,
  standsBefore,
  withConcreteIndices,
} from './describe-condition.ts'

/**
 * What each thread that cannot go on waits for in a state, and which threads stand in the way. Of a lock that is its holder: the GIL's is known
 * to a monitor, another variable may name it. Of threads that are joined, those whose thread states are still there. Otherwise every thread
 * that has not ended and whose program has a step that changes what is asked.
 */
export function waitsIn(system: TransitionSystem, state: State, runtime: RuntimeState): readonly Wait[] {
  const shape = shapeOf(system.variables)
  const around: Surroundings = { shape, system, state }
  return system.processes.flatMap((thread, process): readonly Wait[] => {
    const next = system.actions.filter((action) => action.process === process && standsBefore(action, around))
    if (next.length === 0 || next.some((action) => isEnabled(system, shape, state, action))) return []
    // Of a wait, the last action is the step itself; those before it are what may happen meanwhile.
    const action = next.findLast(({ told }) => told.length > 0) ?? next.at(-1)
    const asked = action === undefined ? [] : conditionsOf(action)
    const failing = firstFailing(asked, around).map((part) => withConcreteIndices(part, around))
    const { calls = [], says = goesOn, source } = action?.told.at(-1) ?? {}
    const until = describeConditions(failing, around)
    return [{ thread, calls, says, ...(source === undefined ? {} : { source }), until, ...inTheWay(failing, process, around, runtime) }]
  })
}

function inTheWay(
  conditions: readonly Expression[],
  waiting: number,
  around: Surroundings,
  runtime: RuntimeState,
): Pick<Wait, 'relation' | 'threads'> {
  const holders = new Set(conditions.flatMap((part) => holdersOf(part, around, runtime)))
  const others = holders.size > 0 ? holders : mayChange(conditions, around, waiting)
  return {
    relation: holders.size > 0 ? 'held-by' : 'could-be-changed-by',
    threads: around.system.processes.filter((_, process) => others.has(process)),
  }
}

/** Threads that wait for each other in a circle, the first one named first; undefined where there is no circle of holders. */
export function cycleOf(waits: readonly Wait[]): readonly string[] | undefined {
  const held = new Map(waits.flatMap((wait) => (wait.relation === 'held-by' ? [[wait.thread, wait.threads] as const] : [])))
  for (const start of held.keys()) {
    const found = wayBack(start, [start])
    if (found !== undefined) return found
  }
  return undefined

  function wayBack(start: string, path: readonly string[]): readonly string[] | undefined {
    for (const next of held.get(path.at(-1) ?? start) ?? []) {
      if (next === start) return path
      const found = path.includes(next) ? undefined : wayBack(start, [...path, next])
      if (found !== undefined) return found
    }
    return undefined
  }
}

function holdersOf(condition: Expression, around: Surroundings, runtime: RuntimeState): readonly number[] {
  const joined = condition.kind === 'not' && condition.operand.kind === 'exists' ? joinedThreads(condition.operand, around, runtime) : []
  const read = readsOf(condition)
  return [
    ...joined,
    ...read.flatMap((one) => {
      const owner = ownerOfLock(one, runtime)
      const named = owner ?? (namesProcesses(one, around) ? one : undefined)
      return named === undefined ? [] : [evaluate(named, around)]
    }),
  ].filter((process) => process >= 0)
}

/** The monitor that knows who took a GIL. */
function ownerOfLock({ variable, indices }: Read, { gil, gils, policy }: RuntimeState): Read | undefined {
  if (policy.gils === 'one') return variable === gil.locked.declaration.name ? gil.owner.at() : undefined
  return variable === gils.locked.declaration.name ? { kind: 'read', variable: gils.owner.declaration.name, indices } : undefined
}

/** The threads of the thread states because of which "there is none such that" does not hold. */
function joinedThreads(
  { name, domain, body }: Extract<Expression, { kind: 'exists' | 'forAll' | 'count' }>,
  around: Surroundings,
  { threadStates, vocabulary }: RuntimeState,
): readonly number[] {
  if (domain.kind !== 'scalarset' || domain.name !== (vocabulary.threadState.kind === 'scalarset' ? vocabulary.threadState.name : ''))
    return []
  return Array.from({ length: memberCount(domain) }, (_, i) => firstMember(domain) + i).flatMap((value) => {
    const member: Expression = { kind: 'literal', domain, value }
    if (evaluate(substitute(body, new Map([[name, member]])), around) === 0) return []
    const read: Read = { kind: 'read', variable: threadStates.osThread.declaration.name, indices: [member] }
    return [evaluate(read, around)]
  })
}

/** Processes that have not ended and assign to what is read, somewhere in their programs. */
function mayChange(conditions: readonly Expression[], around: Surroundings, waiting: number): ReadonlySet<number> {
  const { system } = around
  const asked = conditions.flatMap(readsOf)
  const isAlive = (process: number): boolean => system.actions.some((action) => action.process === process && standsBefore(action, around))
  const writers = system.actions.filter(
    ({ process, assignments }) =>
      process !== waiting && assignments.some(({ target }) => asked.some((read) => mayBeSame(read, target, around))),
  )
  return new Set(writers.map(({ process }) => process).filter(isAlive))
}

/** Two places that may be one element: indices that are no plain values may be anything. */
function mayBeSame(read: Read, target: Read, { shape }: Surroundings): boolean {
  if (read.variable !== target.variable) return false
  const domains = shape.byName.get(read.variable)?.indexedBy ?? []
  const element = (place: Read): number | undefined =>
    place.indices.every((index) => index.kind === 'literal')
      ? elementAt(
          domains,
          place.indices.map((index) => (index.kind === 'literal' ? index.value : 0)),
        )
      : undefined
  const [one, other] = [element(read), element(target)]
  return one === undefined || other === undefined || one === other
}
