import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileSystem } from '../../../src/checker/compile/compile.ts'
import { interpretedSystem } from '../../../src/checker/compile/interpreted-system.ts'
import type { ShortestTrace, ShortestTraceOptions } from '../../../src/checker/explore/shortest-trace.ts'
import { findShortestTraces } from '../../../src/checker/explore/shortest-trace.ts'
import type { TransitionSystem } from '../../../src/model/language/transition-system.ts'
import type { Property } from '../../../src/properties/language/property.ts'
import { smallSystems } from '../../support/systems.ts'
import type { Edge, Graph } from '../graph-system.ts'
import { avoids, graphSystem, graphs, neverStops, neverTakes, reaches } from '../graph-system.ts'

async function shortest(system: TransitionSystem, property: Property, options: Partial<ShortestTraceOptions> = {}): Promise<ShortestTrace> {
  const result = await findShortestTraces(system, [property], { compile: compileSystem, limits: {}, ...options })
  const [shortest] = result.ok ? result.value : []
  if (shortest === undefined) throw new Error(JSON.stringify(result))
  return shortest
}

const actionsOf = (found: ShortestTrace) => (found.kind === 'found' ? found.trace.steps.map(({ action }) => action) : found.kind)

const edge = (from: number, to: number, process: number): Edge => ({ from, to, process })

/**
 * Two ways of four steps from 0 to 5, in the order of declaration the one with more switches first, and a way of five steps by one process:
 *
 *     0 -a-> 1 -b-> 2 -a-> 3 -b-> 5      three switches
 *     0 -a-> 1 -a-> 4 -b-> 3 -b-> 5      one switch: meets the other way in 3, after the same number of steps
 *     0 -a-> 6 -a-> 7 -a-> 8 -a-> 9 -a-> 5
 */
const twoWays = graphSystem(10, [
  edge(0, 1, 0),
  edge(1, 2, 1),
  edge(2, 3, 0),
  edge(3, 5, 1),
  edge(1, 4, 0),
  edge(4, 3, 1),
  ...[0, 6, 7, 8, 9].map((from, i, line) => edge(from, line[i + 1] ?? 5, 0)),
])

/** Action sequences of so many steps, from node 0. */
function sequences({ edges }: Graph, length: number): readonly (readonly number[])[] {
  if (length === 0) return [[]]
  return sequences({ nodes: 0, edges }, length - 1).flatMap((actions) => {
    const last = actions.at(-1)
    const at = last === undefined ? 0 : edges[last]?.to
    return edges.flatMap(({ from }, next) => (from === at ? [[...actions, next]] : []))
  })
}

/** All sequences that node 0 allows, by length, up to one more than it takes to reach any node. */
function everySequence(graph: Graph): readonly (readonly (readonly number[])[])[] {
  return Array.from({ length: graph.nodes + 1 }, (_, length) => sequences(graph, length))
}

/** The best of all sequences, tried one by one; undefined if none will do. */
function bestOf(graph: Graph, lengths: ReturnType<typeof everySequence>, shows: Shows) {
  const switches = (actions: readonly number[]) =>
    actions.filter((action, i) => i > 0 && graph.edges[action]?.process !== graph.edges[actions[i - 1] ?? -1]?.process).length
  for (const [stepCount, all] of lengths.entries()) {
    const showing = all.filter((actions) => shows(actions, graph.edges[actions.at(-1) ?? -1]?.to ?? 0))
    const [best] = showing.toSorted((left, right) => switches(left) - switches(right))
    if (best !== undefined) return { kind: 'found', stepCount, contextSwitches: switches(best), actions: best }
  }
  return { kind: 'none' }
}

type Shows = (actions: readonly number[], at: number) => boolean

/** At most 5 nodes and 8 edges, so that all sequences can be tried. */
const smallGraphs = graphs.filter(({ nodes }) => nodes <= 5).map(({ nodes, edges }): Graph => ({ nodes, edges: edges.slice(0, 8) }))

describe('shortest trace', () => {
  it('has the fewest steps, then the fewest switches', async () => {
    const found = await shortest(twoWays, avoids(5))

    expect(found).toMatchObject({ kind: 'found', stepCount: 4, contextSwitches: 1 })
    expect(actionsOf(found)).toEqual([0, 4, 5, 3])
  })

  it('counts the switch to a forbidden transition', async () => {
    // By hand: after 0 -a-> 1 -a-> 4 or 0 -a-> 1 -b-> 2, edge 2 (2 -a-> 3) needs the second way and two switches.
    expect(await shortest(twoWays, neverTakes(2))).toMatchObject({ stepCount: 3, contextSwitches: 2 })
  })

  it('takes the first in declaration order among equals', async () => {
    const diamond = graphSystem(4, [edge(0, 2, 1), edge(0, 1, 1), edge(1, 3, 1), edge(2, 3, 1)])
    expect(actionsOf(await shortest(diamond, avoids(3)))).toEqual([0, 3])
  })

  it('takes the first in declaration order also when the better way to a state was found late', async () => {
    // Both ways have one switch: 0 -a-> 1 -b-> 4 -b-> 5, and 0 -b-> 2 -b-> 3 -a-> 5. State 3 is first met by the worse way through 1.
    const late = graphSystem(6, [edge(0, 1, 0), edge(0, 2, 1), edge(1, 3, 1), edge(1, 4, 1), edge(2, 3, 1), edge(3, 5, 0), edge(4, 5, 1)])
    expect(actionsOf(await shortest(late, avoids(5)))).toEqual([0, 3, 6])
  })

  it('expands a state at its least depth only, once for each process that may have acted last', async () => {
    // A ring of four with ways back, by two processes; as 0 is where it begins it is expanded once.
    const back = [1, 2, 3].flatMap((from) => [edge(from, from - 1, 0), edge(from, from - 1, 1)])
    const ring = graphSystem(4, [...back, edge(0, 1, 0), edge(1, 2, 0), edge(1, 2, 1), edge(2, 3, 1)])
    let expansions = 0
    const compile: ShortestTraceOptions['compile'] = (...asked) => {
      const compiled = compileSystem(...asked)
      if (!compiled.ok) return compiled
      const { value } = compiled
      const expand: typeof value.expand = (values, into) => {
        expansions++
        value.expand(values, into)
      }
      return { ok: true, value: { ...value, expand } }
    }

    expect(await shortest(ring, neverTakes(99), { compile })).toEqual({ kind: 'none' })
    // By hand: 0, 1 after a, 2 after a and after b, 3 after b.
    expect(expansions).toBe(5)
  })

  it.each([compileSystem, interpretedSystem])('agrees with trying every sequence: %o', async (compile) => {
    await fc.assert(
      fc.asyncProperty(smallGraphs, fc.nat(4), async (graph, n) => {
        const system = graphSystem(graph.nodes, graph.edges)
        const lengths = everySequence(graph)
        const node = n % graph.nodes
        const cases: readonly [Property, Shows][] = [
          [avoids(node), (_, at) => at === node],
          [reaches(node), (_, at) => at === node],
          [neverStops, (_, at) => graph.edges.every(({ from }) => from !== at)],
          [neverTakes(n), (actions) => actions.at(-1) === n],
        ]
        for (const [property, shows] of cases) {
          const found = await shortest(system, property, { compile })
          const actions = found.kind === 'found' ? { actions: actionsOf(found) } : {}
          expect({ ...found, ...actions }).toMatchObject(bestOf(graph, lengths, shows))
        }
      }),
    )
  })

  it('is none where all states were seen', async () => {
    expect(await shortest(smallSystems.mutex, neverStops)).toEqual({ kind: 'none' })
  })

  it('is the empty trace where the initial state shows it', async () => {
    expect(await shortest(twoWays, avoids(0))).toMatchObject({ kind: 'found', stepCount: 0, contextSwitches: 0 })
  })

  it('stops at the first layer that shows it', async () => {
    const ring = graphSystem(
      900,
      Array.from({ length: 900 }, (_, i) => edge(i, (i + 1) % 900, 0)),
    )
    // A limit on states that any further layer would hit.
    expect(await shortest(ring, avoids(10), { limits: { states: 11 } })).toMatchObject({ kind: 'found', stepCount: 10 })
    expect(await shortest(ring, avoids(11), { limits: { states: 11 } })).toEqual({
      kind: 'undecided',
      limit: { kind: 'states', value: 11 },
    })
  })

  it('does not call a trace shortest when a limit left states of its layer out', async () => {
    const fork = graphSystem(4, [edge(0, 1, 0), edge(0, 2, 1), edge(1, 3, 1), edge(2, 3, 1)])
    expect(await shortest(fork, avoids(1), { limits: { states: 2 } })).toMatchObject({ kind: 'undecided' })
  })

  it('gives the limit that was hit', async () => {
    const ring = graphSystem(
      900,
      Array.from({ length: 900 }, (_, i) => edge(i, (i + 1) % 900, 0)),
    )
    const limitOf = async (options: Partial<ShortestTraceOptions>) => {
      const found = await shortest(ring, avoids(899), options)
      return found.kind === 'undecided' ? found.limit : found.kind
    }
    let time = 0

    expect(await limitOf({ limits: { depth: 5 } })).toEqual({ kind: 'depth', value: 5 })
    // 900 states of one word take less than 30000 bytes in the store; the table of runs takes the rest.
    expect(await limitOf({ limits: { memory: 100_000 } })).toEqual({ kind: 'memory', value: 100_000 })
    expect(await limitOf({ limits: { memory: 1_000_000 } })).toBe('found')
    expect(await limitOf({ limits: { time: 3 }, now: () => time++ })).toEqual({ kind: 'time', value: 3 })
    expect(await limitOf({ signal: { aborted: true } })).toEqual({ kind: 'interrupted' })
  })

  it('is undecided where the model goes wrong first', async () => {
    const found = await shortest(smallSystems.overflowingCounter, neverStops)
    expect(found).toEqual({ kind: 'undecided', limit: { kind: 'model-error', code: 'MC110' } })
  })

  it('refuses bad limits', async () => {
    const result = await findShortestTraces(twoWays, [neverStops], { compile: compileSystem, limits: { states: 0 } })
    expect(result.ok ? [] : result.diagnostics.map(({ code }) => code)).toEqual(['MC302'])
  })
})
