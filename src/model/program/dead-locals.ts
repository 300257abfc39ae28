import type { Assignment } from '../language/action.ts'
import { assign } from '../language/builder.ts'
import type { Expression } from '../language/expression.ts'
import { operandsOf } from '../language/expression.ts'
import type { Variable } from '../language/variable.ts'
import type { Edge, FlowGraph } from './flow-graph.ts'

/**
 * Resets every local as soon as nothing reads it any more, so that a dead value never splits a state; assignments to dead locals go.
 *
 * Classic backward liveness: a local is live at a location when some path from there reads it before assigning it.
 * Cost: a few passes over the edges, one bit per local and location.
 */
export function resetDeadLocals(graph: FlowGraph): FlowGraph {
  const bits = new Map(graph.program.locals.map((local, i) => [local.name, 1n << BigInt(i)]))
  if (bits.size === 0) return graph
  const uses = graph.edges.map((edge) => usesOf(edge, bits))
  const live = liveness(graph, uses)
  const edges = graph.edges.map((edge, i) => {
    const { written } = uses[i] ?? nothing
    const before = (live[edge.from] ?? 0n) | written
    const dead = before & ~(edge.outcome === undefined ? (live[edge.to] ?? 0n) : 0n)
    if (dead === 0n) return edge
    const kept = edge.assignments.filter(({ target }) => ((bits.get(target.variable) ?? 0n) & dead) === 0n)
    const resets = graph.program.locals.filter((local) => ((bits.get(local.name) ?? 0n) & dead) !== 0n).map(reset)
    return { ...edge, assignments: [...kept, ...resets] }
  })
  return { ...graph, edges }
}

interface Uses {
  readonly read: bigint
  readonly written: bigint
}
const nothing: Uses = { read: 0n, written: 0n }

function liveness(graph: FlowGraph, uses: readonly Uses[]): bigint[] {
  const live = Array.from({ length: graph.locationCount }, () => 0n)
  for (let changed = true; changed; ) {
    changed = false
    for (let i = graph.edges.length - 1; i >= 0; i--) {
      const edge = graph.edges[i]
      const { read, written } = uses[i] ?? nothing
      if (edge === undefined) continue
      const after = edge.outcome === undefined ? (live[edge.to] ?? 0n) : 0n
      const before = (live[edge.from] ?? 0n) | read | (after & ~written)
      if (before !== live[edge.from]) {
        live[edge.from] = before
        changed = true
      }
    }
  }
  return live
}

function usesOf(edge: Edge, bits: ReadonlyMap<string, bigint>): Uses {
  let read = 0n
  let written = 0n
  const visit = (expression: Expression): void => {
    if (expression.kind === 'read') read |= bits.get(expression.variable) ?? 0n
    for (const operand of operandsOf(expression)) visit(operand)
  }
  visit(edge.guard)
  for (const { when } of edge.events) visit(when)
  for (const { target, value } of edge.assignments) {
    for (const index of target.indices) visit(index)
    visit(value)
    written |= bits.get(target.variable) ?? 0n
  }
  return { read, written }
}

function reset(local: Variable): Assignment {
  const target = { kind: 'read', variable: local.name, indices: [] } as const
  return assign(target, { kind: 'literal', domain: local.domain, value: local.initial[0] ?? 0 })
}
