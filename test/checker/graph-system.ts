import fc from 'fast-check'
import { action, assign, equal, event, integer, variable } from '../../src/model/language/builder.ts'
import { range } from '../../src/model/language/domain.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import type { Property } from '../../src/properties/language/property.ts'

export interface Edge {
  readonly from: number
  readonly to: number
  readonly process: number
}

/** A system that is a graph: one variable, its values the nodes, one action per edge; starts at node 0, stops nowhere. */
export function graphSystem(nodes: number, edges: readonly Edge[]): TransitionSystem {
  const at = variable('at', range(0, nodes - 1))
  return {
    name: 'graph',
    processes: ['p0', 'p1', 'p2'],
    variables: [at.declaration],
    actions: edges.map(({ from, to, process }, i) =>
      action(`edge ${i}`, {
        process,
        when: equal(at.at(), integer(from)),
        assign: [assign(at.at(), integer(to))],
        events: [event(`takes ${i}`)],
      }),
    ),
    final: { kind: 'not', operand: equal(at.at(), at.at()) },
    allocations: [],
  }
}

/** The node is not reached. */
export function avoids(node: number): Property {
  const at = variable('at', range(0, node))
  return {
    kind: 'invariant',
    name: `avoids-${node}`,
    says: `never at ${node}`,
    holds: { kind: 'not', operand: equal(at.at(), integer(node)) },
  }
}

/** The edge is not taken. */
export function neverTakes(edge: number): Property {
  return {
    kind: 'forbidden-transition',
    name: `never-takes-${edge}`,
    says: `never takes ${edge}`,
    forbids: { kind: 'event', name: `takes ${edge}` },
  }
}

export const neverStops: Property = { kind: 'no-deadlock', name: 'never-stops', says: 'never stops' }

export function reaches(node: number): Property {
  const at = variable('at', range(0, node))
  return { kind: 'reachable', name: `reaches-${node}`, says: `is at ${node}`, goal: equal(at.at(), integer(node)) }
}

/** Wherever it is, there is a way to the node. */
export function canAlwaysReach(node: number): Property {
  const at = variable('at', range(0, node))
  return { kind: 'can-always-reach', name: `can-always-reach-${node}`, says: `can get to ${node}`, goal: equal(at.at(), integer(node)) }
}

export interface Graph {
  readonly nodes: number
  readonly edges: readonly Edge[]
}

/** Up to 7 nodes and 14 edges of three processes. */
export const graphs: fc.Arbitrary<Graph> = fc.integer({ min: 1, max: 7 }).chain((nodes) => {
  const node = fc.nat(nodes - 1)
  const edge = fc.record({ from: node, to: node, process: fc.nat(2) })
  return fc.record({ nodes: fc.constant(nodes), edges: fc.array(edge, { maxLength: 14 }) })
})

export interface ExploredGraph {
  /** Steps from node 0 to each node; undefined if there is no way. */
  readonly distances: readonly (number | undefined)[]
  /** Edges that can be taken. */
  readonly live: readonly Edge[]
  /** Steps to the nearest node without an edge out of it. */
  readonly toStop: number | undefined
}

/** By Bellman and Ford, on the graph itself: an opinion that shares nothing with the search. */
export function explored({ nodes, edges }: Graph): ExploredGraph {
  const steps = Array.from({ length: nodes }, (_, node) => (node === 0 ? 0 : Number.POSITIVE_INFINITY))
  for (let round = 0; round < nodes; round++) {
    for (const { from, to } of edges) steps[to] = Math.min(steps[to] ?? Number.NaN, (steps[from] ?? Number.NaN) + 1)
  }
  const toStop = Math.min(...steps.filter((_, node) => edges.every(({ from }) => from !== node)))
  return {
    distances: steps.map((distance) => (Number.isFinite(distance) ? distance : undefined)),
    live: edges.filter(({ from }) => Number.isFinite(steps[from])),
    toStop: Number.isFinite(toStop) ? toStop : undefined,
  }
}
