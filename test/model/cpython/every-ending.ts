import { compileSystem } from '../../../src/checker/compile/compile.ts'
import type { CompiledSystem } from '../../../src/checker/compile/compiled-system.ts'
import { Successors } from '../../../src/checker/compile/compiled-system.ts'
import type { Client } from '../../../src/model/clients/client.ts'
import type { ClientThread } from '../../../src/model/clients/client-thread.ts'
import type { Stage } from '../../../src/model/clients/stage.ts'
import { hangsForEver } from '../../../src/model/cpython/finalization/late-thread.ts'
import type { Policy } from '../../../src/model/cpython/policy.ts'
import type { Formula, Place } from '../../../src/model/language/builder.ts'
import { truth } from '../../../src/model/language/builder.ts'
import { boolean, describeValue } from '../../../src/model/language/domain.ts'
import { evaluate } from '../../../src/model/language/evaluate.ts'
import type { Expression, Read } from '../../../src/model/language/expression.ts'
import { shapeOf } from '../../../src/model/language/state.ts'
import type { TransitionSystem } from '../../../src/model/language/transition-system.ts'
import { endLocation } from '../../../src/model/program/flow-graph.ts'
import { outcomeVariable } from '../../../src/model/program/to-system.ts'
import { elaborate } from '../../../src/model/scenarios/elaborate.ts'
import { accepted } from '../../checker/compile/explore-compiled.ts'

export interface Probe {
  readonly write: (stage: Stage) => void
  readonly restarts?: true
  readonly threads?: number
  readonly interpreters?: number
}

/** A state in which nobody can do anything any more. */
export interface EndState {
  /** How the story of the thread at this position ended. */
  readonly endingOf: (thread: number) => Ending
  /** Text of a variable's value, by name and indices. */
  readonly tell: (variable: string, ...indices: readonly number[]) => string
}

/** `exits`: the thread's program ended before the call that it is asked about returned. */
export type Ending = 'returns' | 'exits' | 'hangs' | 'crashes' | 'waits for ever' | `fatal: ${string}`

/** Place of a thread that goes on only when no other thread can do anything. */
const standsBack = 'lets the others go first'

/** The thread goes on when nobody else can act. */
export function letOthersGoFirst(thread: ClientThread): void {
  thread.caller.program.step(standsBack, undefined, { waitsFor: truth, place: standsBack })
}

/** The thread says that the call it is asked about came back. */
export function tellReturned(stage: Stage, thread: ClientThread): void {
  thread.set(hasReturned(stage, thread), truth, 'the call returned')
}

function hasReturned(stage: Stage, thread: ClientThread): Place<'boolean'> {
  return stage.shared(`the call of ${thread.name} returned`, boolean)
}

/** Every ending of thread 1, in words, over all interleavings in which threads that stand back do. */
export function everyEnding(policy: Policy, probe: Probe, thread = 1): string {
  const endings = everyEndState(policy, probe).map((end) => end.endingOf(thread))
  return [...new Set(endings)].sort().join(', ')
}

/** Every state in which the program stops. */
export function everyEndState(policy: Policy, { write, restarts, threads = 1, interpreters = 1 }: Probe): readonly EndState[] {
  const returned: Formula[] = []
  const client: Client = {
    name: 'probe',
    title: '',
    says: '',
    kind: 'unmodified',
    finalizes: true,
    threadStates: () => 5,
    ...(restarts === undefined ? {} : { restarts }),
    write: (stage) => {
      for (const thread of [stage.main, ...stage.threads]) returned.push(hasReturned(stage, thread))
      write(stage)
    },
  }
  const { compile } = elaborate({ reading: 'probe', policy, client, bounds: { threads, interpreters, rounds: 1 } })
  const { system, standsAt } = compile({ merge: false, visible: new Set() })
  const shape = shapeOf(system.variables)
  const value = (expression: Expression, values: Int32Array): number => evaluate(expression, { shape, system, state: [...values] })
  const describe = (read: Read, values: Int32Array): string =>
    describeValue(shape.byName.get(read.variable)?.domain ?? boolean, value(read, values))
  const isIn = (place: string, process: number, values: Int32Array): boolean => value(standsAt(process, place), values) === 1
  const endingOf = (thread: number, values: Int32Array): Ending => {
    const outcome = describe({ kind: 'read', variable: outcomeVariable, indices: [] }, values)
    if (outcome !== 'none') return /dereferenced|is used/.test(outcome) ? 'crashes' : `fatal: ${outcome}`
    const flag = returned[thread]
    if (flag !== undefined && value(flag, values) === 1) return 'returns'
    if (isIn(hangsForEver, thread, values)) return 'hangs'
    const counter: Read = { kind: 'read', variable: `${system.processes[thread]} is at`, indices: [] }
    return value(counter, values) === endLocation ? 'exits' : 'waits for ever'
  }
  const compiled = accepted(compileSystem(system, [], { renaming: false }))
  const stops = stopsOf(compiled, system, (process, values) => isIn(standsBack, process, values))
  return stops.map((values) => ({
    endingOf: (thread) => endingOf(thread, values),
    tell: (variable, ...indices) => {
      const domains = shape.byName.get(variable)?.indexedBy ?? []
      const at = indices.map((index, i) => ({ kind: 'literal', domain: domains[i] ?? boolean, value: index }) as const)
      return describe({ kind: 'read', variable, indices: at }, values)
    },
  }))
}

/** States without successors. A process that stands back acts only when no other can. */
function stopsOf(
  compiled: CompiledSystem,
  system: TransitionSystem,
  standsBackAt: (process: number, values: Int32Array) => boolean,
): readonly Int32Array[] {
  const seen = new Set<string>()
  const frontier: Int32Array[] = []
  const stops: Int32Array[] = []
  const meet = (values: Int32Array): void => {
    const key = values.join()
    if (seen.has(key)) return
    seen.add(key)
    frontier.push(values)
  }
  meet(compiled.initial())
  const into = new Successors(compiled.slotCount)
  for (let values = frontier.pop(); values !== undefined; values = frontier.pop()) {
    compiled.expand(values, into)
    if (into.count === 0) stops.push(values)
    const here = values
    const actors = Array.from(into.actions.subarray(0, into.count), (action) => system.actions[action]?.process ?? 0)
    const eager = new Set(actors.filter((process) => !standsBackAt(process, here)))
    for (const [i, actor] of actors.entries()) {
      if (eager.size > 0 && !eager.has(actor)) continue
      meet(into.values.slice(i * compiled.slotCount, (i + 1) * compiled.slotCount))
    }
  }
  return stops
}
