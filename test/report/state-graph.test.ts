import { MultiDirectedGraph } from 'graphology'
import { parse } from 'graphology-gexf'
import { describe, expect, it } from 'vitest'
import type { Checked } from '../../src/foundation/diagnostic.ts'
import { action, add, assign, equal, integer, less, variable } from '../../src/model/language/builder.ts'
import { range } from '../../src/model/language/domain.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import { buildStateGraph, stateGraphToDot, stateGraphToGexf } from '../../src/report/state-graph.ts'

const left = variable('left', range(0, 2))
const right = variable('right', range(0, 2))
const counts = (process: number, name: string, place: ReturnType<typeof left.at>) =>
  action(name, { process, when: less(place, integer(2)), assign: [assign(place, add(place, integer(1)))] })

/** Two counters up to 2: 3 × 3 states, and 2 × 3 + 3 × 2 transitions. */
const system: TransitionSystem = {
  name: 'counters',
  processes: ['one', 'other'],
  variables: [left.declaration, right.declaration],
  actions: [counts(0, 'one <counts> & "more"', left.at()), counts(1, 'other counts', right.at())],
  final: equal(add(left.at(), right.at()), integer(4)),
  allocations: [],
}

function accepted<T>(checked: Checked<T>): T {
  if (!checked.ok) throw new Error(checked.diagnostics[0]?.message)
  return checked.value
}

describe('a state graph', () => {
  it('has every reachable state and transition', () => {
    const graph = accepted(buildStateGraph(system))
    expect([graph.order, graph.size]).toEqual([9, 12])
    expect(graph.getNodeAttributes('0')).toEqual({ label: 'state 0', isInitial: true, isFinal: false, depth: 0 })
    expect(graph.filterNodes((_, { isFinal }) => isFinal).map((node) => graph.getNodeAttribute(node, 'label'))).toEqual([
      'state 8\nleft = 2\nright = 2',
    ])
  })

  it('is read back from GEXF as it was', () => {
    const graph = accepted(buildStateGraph(system))
    const read = parse(MultiDirectedGraph, stateGraphToGexf(graph), { respectInputGraphType: true })
    expect([read.nodes(), read.size]).toEqual([graph.nodes(), graph.size])
    expect(read.mapEdges((_edge, { label }) => label)).toEqual(graph.mapEdges((_edge, { label }) => label))
  })

  it('is the same text every time', () => {
    const [one, other] = [accepted(buildStateGraph(system)), accepted(buildStateGraph(system))]
    expect(stateGraphToGexf(other)).toBe(stateGraphToGexf(one))
    expect(stateGraphToDot(other)).toBe(stateGraphToDot(one))
  })

  it('quotes names in DOT', () => {
    expect(stateGraphToDot(accepted(buildStateGraph(system)))).toContain('label = "one <counts> & \\"more\\""')
  })

  it('is refused where nobody could look at it', () => {
    const refused = buildStateGraph(system, 8)
    expect(refused.ok).toBe(false)
    expect(!refused.ok && refused.diagnostics[0]).toMatchObject({
      code: 'MC609',
      message: 'found more than 8 states; a drawing can show 8',
    })
    expect(buildStateGraph(system, 9).ok).toBe(true)
  })
})
