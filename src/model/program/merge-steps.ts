import type { Assignment } from '../language/action.ts'
import type { Expression, Read } from '../language/expression.ts'
import { operandsOf } from '../language/expression.ts'
import { transformExpression } from '../language/transform.ts'
import type { Edge, FlowGraph } from './flow-graph.ts'
import { conjunction, endLocation, startLocation } from './flow-graph.ts'
import { placeKey } from './private-places.ts'

/** Larger expressions than this are not built by composing: the steps stay apart. */
const largestExpression = 60

/**
 * The reduction called step merging. Removes every location all of whose outgoing edges are private and never wait, joining each edge that
 * enters it with each that leaves. Locations on a cycle of private steps, and those with many edges both ways, stay.
 *
 * A step that reads and writes only places no other process uses, and writes none that a property reads, commutes with every step of every
 * other process, and no property tells the states around it apart; so it may be taken at once with the step of its own process before it.
 * Verdicts of invariants, forbidden transitions, deadlock and reachability stay the same; the number of steps in a trace does not, so traces
 * come from the unmerged system. Source: Lipton, "Reduction: a method of proving properties of parallel programs", CACM 18(12), 1975: steps
 * that are both movers.
 */
export function mergeSteps(graph: FlowGraph, ownPlaces: ReadonlySet<string>, visible: ReadonlySet<string>): FlowGraph {
  const edges = new EdgeTable(graph.edges)
  for (let location = graph.locationCount - 1; location > endLocation; location--) {
    const out = edges.leaving(location)
    const into = edges.entering(location)
    if (out.length === 0 || out.length * into.length > out.length + into.length + 2) continue
    if (!out.every((edge) => edge.to !== location && isPrivate(edge, ownPlaces, visible))) continue
    const joined = into.map((first) => out.flatMap((second) => join(first, second) ?? []))
    if (joined.every((row) => row.length === out.length)) edges.remove(location, new Map(into.map((first, i) => [first, joined[i] ?? []])))
  }
  return renumber(graph, edges.byLocation)
}

/** Edges by the locations they leave and enter, while locations are removed. */
class EdgeTable {
  readonly #leaving = new Map<number, readonly Edge[]>()
  readonly #entering = new Map<number, Set<Edge>>()

  constructor(edges: readonly Edge[]) {
    for (const edge of edges) {
      this.#leaving.set(edge.from, [...this.leaving(edge.from), edge])
      this.#enter(edge)
    }
  }

  leaving(location: number): readonly Edge[] {
    return this.#leaving.get(location) ?? []
  }

  entering(location: number): readonly Edge[] {
    return [...(this.#entering.get(location) ?? [])]
  }

  get byLocation(): ReadonlyMap<number, readonly Edge[]> {
    return this.#leaving
  }

  /** Joined edges take the place of the one they continue, so that order stays the order of the program text. */
  remove(location: number, joined: ReadonlyMap<Edge, readonly Edge[]>): void {
    for (const [first, row] of joined) {
      this.#leaving.set(
        first.from,
        this.leaving(first.from).flatMap((edge) => (edge === first ? row : [edge])),
      )
      for (const edge of row) this.#enter(edge)
    }
    for (const edge of this.leaving(location)) this.#entering.get(edge.to)?.delete(edge)
    this.#leaving.delete(location)
    this.#entering.delete(location)
  }

  /** An edge that aborts leads nowhere. */
  #enter(edge: Edge): void {
    if (edge.outcome === undefined) this.#entering.set(edge.to, (this.#entering.get(edge.to) ?? new Set()).add(edge))
  }
}

function isPrivate(edge: Edge, ownPlaces: ReadonlySet<string>, visible: ReadonlySet<string>): boolean {
  if (edge.mayWait || edge.events.length > 0 || edge.outcome !== undefined) return false
  const onlyOwn = (expression: Expression): boolean => {
    if (expression.kind === 'fresh') return false
    if (expression.kind === 'read' && !ownPlaces.has(placeKey(expression) ?? '')) return false
    return operandsOf(expression).every(onlyOwn)
  }
  return (
    onlyOwn(edge.guard) && edge.assignments.every(({ target, value }) => !visible.has(target.variable) && onlyOwn(target) && onlyOwn(value))
  )
}

/** The two edges as one; undefined when the expressions would grow too much or an allocated identity would have to be read at once. */
function join(first: Edge, second: Edge): Edge | undefined {
  if (first.outcome !== undefined) return undefined
  const written = new Map<string, Expression>()
  for (const { target, value } of first.assignments) {
    const key = placeKey(target)
    if (key !== undefined) written.set(key, value)
  }
  let fits = true
  const later = (expression: Expression): Expression => {
    const result = transformExpression(expression, (node) => (node.kind === 'read' ? written.get(placeKey(node) ?? '') : undefined))
    if (sizeOf(result) > largestExpression || holdsFresh(result)) fits = false
    return result
  }
  const guard = conjunction(first.guard, later(second.guard))
  const values = new Map<string, Assignment>()
  const kept = first.assignments.filter(({ target }) => !second.assignments.some((next) => samePlace(next.target, target)))
  for (const { target, value } of second.assignments) values.set(placeKey(target) ?? '', { target, value: later(value) })
  if (!fits) return undefined
  return {
    from: first.from,
    to: second.to,
    guard,
    assignments: [...kept, ...values.values()],
    events: first.events,
    told: [...first.told, ...second.told],
    mayWait: first.mayWait,
  }
}

function samePlace(left: Read, right: Read): boolean {
  return left.variable === right.variable && placeKey(left) === placeKey(right)
}

function sizeOf(expression: Expression): number {
  return operandsOf(expression).reduce((total, operand) => total + sizeOf(operand), 1)
}

function holdsFresh(expression: Expression): boolean {
  return expression.kind === 'fresh' || operandsOf(expression).some(holdsFresh)
}

/** Closes the gaps that removed locations leave; start and end keep their numbers. */
function renumber(graph: FlowGraph, leaving: ReadonlyMap<number, readonly Edge[]>): FlowGraph {
  const numbers = new Map<number, number>([
    [startLocation, startLocation],
    [endLocation, endLocation],
  ])
  const edges: Edge[] = []
  for (const location of [...leaving.keys()].sort((a, b) => a - b)) if (!numbers.has(location)) numbers.set(location, numbers.size)
  for (const [, out] of [...leaving].sort(([a], [b]) => a - b)) edges.push(...out)
  const numberOf = (location: number): number => numbers.get(location) ?? location
  const places = [...graph.places].map(([name, at]) => {
    const left = at.filter(({ location }) => numbers.has(location))
    return [name, left.map((named) => ({ ...named, location: numberOf(named.location) }))] as const
  })
  return {
    program: graph.program,
    locationCount: numbers.size,
    edges: edges.map((edge) => ({ ...edge, from: numberOf(edge.from), to: numberOf(edge.to) })),
    places: new Map(places),
    resting: graph.resting.filter((location) => numbers.has(location)).map(numberOf),
  }
}
