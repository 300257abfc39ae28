import type { EtfModel } from './etf-reader.ts'

/** What LTSmin would report of a file. */
export interface EtfResult {
  readonly states: number
  readonly transitions: number
  /** Names of edges that some reachable transition has. */
  readonly edges: ReadonlySet<string>
  /** States without an edge. */
  readonly deadlocks: number
  /** Values that each label has in some reachable state. */
  readonly labels: ReadonlyMap<string, ReadonlySet<string>>
}

interface Step {
  readonly after: readonly number[]
  readonly edge: string
}

/** Visits every state, taking an edge wherever the values of a state are in a table. Throws where a label has no value, and beyond `most` states. */
export function exploreEtf(model: EtfModel, most = 200_000): EtfResult {
  const seen = new Set([model.initial.join()])
  const edges = new Set<string>()
  const labels = new Map(model.labels.map(({ name }) => [name, new Set<string>()]))
  const waiting: (readonly number[])[] = [model.initial]
  let transitions = 0
  let deadlocks = 0
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    for (const [name, value] of labelsOf(model, state)) labels.get(name)?.add(value)
    const steps = stepsFrom(model, state)
    transitions += steps.length
    if (steps.length === 0) deadlocks += 1
    for (const { after, edge } of steps) {
      edges.add(edge)
      if (seen.has(after.join())) continue
      seen.add(after.join())
      waiting.push(after)
    }
    if (seen.size > most) throw new RangeError(`more than ${most} states`)
  }
  return { states: seen.size, transitions, edges, deadlocks, labels }
}

function stepsFrom({ relations }: EtfModel, state: readonly number[]): readonly Step[] {
  return relations.flatMap(({ columns, steps }) =>
    (steps.get(project(state, columns)) ?? []).map(({ after, edge }) => {
      const successor = [...state]
      for (const [i, column] of columns.entries()) successor[column] = after[i] ?? Number.NaN
      return { after: successor, edge }
    }),
  )
}

function labelsOf({ labels }: EtfModel, state: readonly number[]): readonly (readonly [string, string])[] {
  return labels.map(({ name, columns, values }) => {
    const value = values.get(project(state, columns))
    if (value === undefined) throw new Error(`the label "${name}" has no value in a reachable state`)
    return [name, value]
  })
}

function project(state: readonly number[], columns: readonly number[]): string {
  return columns.map((column) => state[column]).join()
}
