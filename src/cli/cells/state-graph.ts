import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { Scenario } from '../../model/scenarios/elaborate.ts'
import { elaborate } from '../../model/scenarios/elaborate.ts'
import { buildStateGraph, stateGraphToDot, stateGraphToGexf } from '../../report/state-graph.ts'

export const graphFormats = ['gexf', 'dot'] as const
export type GraphFormat = (typeof graphFormats)[number]

/** All reachable states of a small scenario as a graph, steps that nobody else can see merged. MC609 when it is too large to look at. */
export function drawStates(scenario: Scenario, format: GraphFormat): string {
  const { system } = elaborate(scenario).compile({ merge: true, visible: new Set() })
  const graph = buildStateGraph(system)
  if (!graph.ok) throw new DiagnosticError(graph.diagnostics)
  return (format === 'dot' ? stateGraphToDot(graph.value) : stateGraphToGexf(graph.value)).trimEnd()
}
