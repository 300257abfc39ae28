import type { Expression, Read } from '../language/expression.ts'
import { operandsOf } from '../language/expression.ts'
import type { FlowGraph } from './flow-graph.ts'

/** Name of one element when all its indices are literals; undefined when it depends on the state which element is meant. */
export function placeKey(read: Read): string | undefined {
  if (read.indices.length === 0) return read.variable
  let key = read.variable
  for (const index of read.indices) {
    if (index.kind !== 'literal') return undefined
    key += `[${index.value}]`
  }
  return key
}

/** The elements that only one process reads or writes, per process. Steps that touch nothing else commute with every step of the others. */
export function privatePlaces(graphs: readonly FlowGraph[]): readonly ReadonlySet<string>[] {
  const users = new Map<string, number>()
  const shared = new Set<string>()
  const several = -1
  const variableOf = new Map<string, string>()
  const note = (read: Read, process: number): void => {
    const key = placeKey(read)
    const user = key === undefined ? undefined : users.get(key)
    if (key === undefined) shared.add(read.variable)
    else if (user === undefined) variableOf.set(key, read.variable)
    if (key !== undefined && user !== process && user !== several) users.set(key, user === undefined ? process : several)
  }
  for (const [process, graph] of graphs.entries()) {
    const visit = (expression: Expression): void => {
      if (expression.kind === 'read') note(expression, process)
      for (const operand of operandsOf(expression)) visit(operand)
    }
    for (const edge of graph.edges) {
      visit(edge.guard)
      for (const { when } of edge.events) visit(when)
      for (const { target, value } of edge.assignments) {
        visit(target)
        visit(value)
      }
    }
  }
  return graphs.map((_, process) => {
    const own = [...users].filter(([key, user]) => user === process && !shared.has(variableOf.get(key) ?? key))
    return new Set(own.map(([key]) => key))
  })
}
