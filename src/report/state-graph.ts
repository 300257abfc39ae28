import { MultiDirectedGraph } from 'graphology'
import { write } from 'graphology-gexf'
import { attribute, Digraph, toDot } from 'ts-graphviz'
import type { Checked } from '../foundation/diagnostic.ts'
import { describeValue } from '../model/language/domain.ts'
import { apply, evaluate, isEnabled } from '../model/language/evaluate.ts'
import type { State, StateShape } from '../model/language/state.ts'
import { indicesOf, shapeOf } from '../model/language/state.ts'
import type { TransitionSystem } from '../model/language/transition-system.ts'

interface NodeAttributes {
  /** What differs from the initial state, one element a line. */
  readonly label: string
  readonly isInitial: boolean
  readonly isFinal: boolean
  readonly depth: number
}
interface EdgeAttributes {
  /** Name of the action. */
  readonly label: string
  readonly process: string
}

/** All reachable states of a small system; nodes are numbered in breadth-first order, edges "from-action". */
export type StateGraph = MultiDirectedGraph<NodeAttributes, EdgeAttributes>

/** More than this nobody can look at. */
export const largestGraph = 2_000

/** By the reference semantics, without any reduction. MC609 when there are more than `most` states. Throws a ModelError when the model goes wrong. */
export function buildStateGraph(system: TransitionSystem, most: number = largestGraph): Checked<StateGraph> {
  const shape = shapeOf(system.variables)
  const graph: StateGraph = new MultiDirectedGraph()
  const frontier: { readonly state: State; readonly node: string; readonly depth: number }[] = []
  const nodes = new Map<string, string>()
  const visit = (state: State, depth: number): string => {
    const key = state.join()
    const known = nodes.get(key)
    if (known !== undefined) return known
    const node = String(nodes.size)
    nodes.set(key, node)
    const isFinal = evaluate(system.final, { shape, system, state }) !== 0
    graph.addNode(node, { label: labelOf(shape, state, node), isInitial: node === '0', isFinal, depth })
    frontier.push({ state, node, depth })
    return node
  }
  visit(shape.initial, 0)
  for (let next = 0; next < frontier.length; next++) {
    const from = frontier[next]
    if (from === undefined) break
    if (frontier.length > most) return tooLarge(system, most)
    for (const [position, action] of system.actions.entries()) {
      if (!isEnabled(system, shape, from.state, action)) continue
      const to = visit(apply(system, shape, from.state, action), from.depth + 1)
      graph.addDirectedEdgeWithKey(`${from.node}-${position}`, from.node, to, {
        label: action.name,
        process: system.processes[action.process] ?? '',
      })
    }
  }
  return { ok: true, value: graph }
}

/** GEXF 1.2, which Gephi reads. */
export function stateGraphToGexf(graph: StateGraph): string {
  return `${write(graph)}\n`
}

/** The DOT language of Graphviz: the initial state has a thick border, final states a double one. */
export function stateGraphToDot(graph: StateGraph): string {
  const drawing = new Digraph('states')
  graph.forEachNode((node, { label, isInitial, isFinal }) => {
    drawing.createNode(node, {
      [attribute.label]: label,
      [attribute.shape]: 'box',
      [attribute.peripheries]: isFinal ? 2 : 1,
      [attribute.penwidth]: isInitial ? 3 : 1,
    })
  })
  graph.forEachEdge((_, { label }, source, target) => {
    drawing.createEdge([source, target], { [attribute.label]: label })
  })
  return `${toDot(drawing)}\n`
}

function labelOf(shape: StateShape, state: State, node: string): string {
  const lines = shape.variables.flatMap(({ name, domain, indexedBy, initial, role }) => {
    const first = shape.firstSlot.get(name) ?? 0
    return initial.flatMap((before, element) => {
      const value = state[first + element] ?? 0
      if (value === before || role === 'monitor') return []
      const indices = indicesOf(indexedBy, element).map((index, i) => describeValue(indexedBy[i] ?? domain, index))
      return [`${name}${indices.length === 0 ? '' : `[${indices.join(', ')}]`} = ${describeValue(domain, value)}`]
    })
  })
  return [`state ${node}`, ...lines].join('\n')
}

function tooLarge(system: TransitionSystem, most: number): Checked<never> {
  const hint = 'Take fewer threads, interpreters or rounds, or print the trace of one verdict instead.'
  return {
    ok: false,
    diagnostics: [
      { code: 'MC609', message: `found more than ${most} states; a drawing can show ${most}`, hint, place: [`system ${system.name}`] },
    ],
  }
}
