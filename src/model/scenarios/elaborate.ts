import type { Client } from '../clients/client.ts'
import { interpreterNames, Stage, threadNames } from '../clients/stage.ts'
import type { Bounds } from '../cpython/bounds.ts'
import { describeBounds } from '../cpython/bounds.ts'
import type { Policy } from '../cpython/policy.ts'
import type { RuntimeState } from '../cpython/runtime-state.ts'
import { runtimeStateOf, runtimeVariables, threadStateAllocation } from '../cpython/runtime-state.ts'
import { mainInterpreterAgain } from '../cpython/vocabulary.ts'
import { falsehood, or } from '../language/builder.ts'
import type { ProgramSystem, StandsAt } from '../program/to-system.ts'
import { layOutPrograms, systemOfGraphs } from '../program/to-system.ts'

/** A client on a design, in bounds: what is turned into a transition system. */
export interface Scenario {
  /** Name of the design's reading: "coghlan.uses-the-owner". */
  readonly reading: string
  readonly policy: Policy
  readonly client: Client
  readonly bounds: Bounds
}

/** A scenario's programs, ready to be compiled with or without merging steps. */
export interface Elaboration {
  readonly scenario: Scenario
  readonly runtime: RuntimeState
  /** Number of OS threads, the main one counted. */
  readonly threadCount: number
  /** The same question as the compiled system answers, without program counters: which variables it is about. */
  readonly standsSomewhere: StandsAt
  /** Compiles the programs; `visible` names the variables that properties read, whose steps must not be merged away. */
  readonly compile: (options: { readonly merge: boolean; readonly visible: ReadonlySet<string> }) => ProgramSystem
}

/** Name of a scenario in diagnostics: reading, client and bounds. */
export function nameOf({ reading, client, bounds }: Scenario): string {
  return `${reading} / ${client.name} / ${describeBounds(bounds)}`
}

/** Writes the client's programs against the design's policy. Cost: linear in the size of the inlined programs. */
export function elaborate(scenario: Scenario): Elaboration {
  const { bounds, client, policy } = scenario
  const { restarts = false, finalizes = restarts, joins = finalizes, startsWithoutGil = false } = client
  const runtime = runtimeStateOf({
    threads: threadNames(bounds),
    interpreters: [...interpreterNames(bounds), ...(restarts ? [mainInterpreterAgain] : [])],
    threadStates: client.threadStates?.(bounds) ?? usualThreadStates(client, bounds),
    policy,
    withoutThreads: startsWithoutGil,
    finalizes,
    joins,
  })
  const stage = new Stage(bounds, runtime)
  client.write(stage)
  const graphs = layOutPrograms(stage.programs)
  return {
    scenario,
    runtime,
    threadCount: graphs.length,
    standsSomewhere: (process, place, where) =>
      or(...(graphs[process]?.places.get(place) ?? []).map(({ about }) => (where && about ? where(about) : falsehood))),
    compile: ({ merge, visible }) =>
      systemOfGraphs(graphs, {
        name: nameOf(scenario),
        variables: [...runtimeVariables(runtime), ...stage.sharedVariables],
        allocations: [threadStateAllocation(runtime)],
        merge,
        visible,
      }),
  }
}

/**
 * One per thread and interpreter, one that each sub-interpreter was made with, and some that are freed but still referred to. Too few is
 * never silent: a run that needs one more is a diagnosed error of the model (MC114). Some readings lose thread states of migrated clients.
 */
function usualThreadStates({ kind }: Client, { threads, interpreters, rounds }: Bounds): number {
  const held = threads * Math.max(2, interpreters) + interpreters - 1
  return kind === 'migrated' ? held + threads * rounds + 1 : held + rounds - 1
}
