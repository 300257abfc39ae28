import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CheckOptions, CheckResult } from '../../src/checker/check.ts'
import { check } from '../../src/checker/check.ts'
import { choicesOf, confirm, replayChoices } from '../../src/checker/trace/replay.ts'
import { add, equal, happens, integer, less, not, truth, variable } from '../../src/model/language/builder.ts'
import { range } from '../../src/model/language/domain.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import type { Property } from '../../src/properties/language/property.ts'
import { toyCheck } from '../oracle/toy-checker.ts'
import { smallSystems } from '../support/systems.ts'
import { avoids, explored, graphSystem, graphs, neverStops, neverTakes, reaches } from './graph-system.ts'

async function checked(system: TransitionSystem, properties: readonly Property[], options: CheckOptions = {}): Promise<CheckResult> {
  const result = await check(system, properties, options)
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics))
  return result.value
}

const noHelpers = { count: 1, start: async () => {} }

const kinds = ({ verdicts }: CheckResult): readonly string[] => verdicts.map(({ kind }) => kind)
const stepsOf = ({ verdicts }: CheckResult): readonly (number | undefined)[] => verdicts.map(({ trace }) => trace?.steps.length)

const line = graphSystem(4, [
  { from: 0, to: 1, process: 0 },
  { from: 1, to: 2, process: 1 },
  { from: 2, to: 3, process: 0 },
  { from: 0, to: 3, process: 1 },
  { from: 3, to: 0, process: 0 },
])

describe.each(['javascript', 'webassembly', 'reference'] as const)('breadth-first check with the %s engine', (engine) => {
  it('counts 4 states, 5 transitions and diameter 2, by hand', async () => {
    const { coverage, statistics, actionsNeverTaken } = await checked(line, [], { engine })

    const seen = { distinctStates: 4, transitions: 5, diameter: 2 }
    expect(coverage).toEqual({ kind: 'exhaustive', ...seen, collisionProbability: 0 })
    expect(statistics).toMatchObject(seen)
    expect(statistics.bytesPerState).toBeGreaterThan(10)
    expect(actionsNeverTaken).toEqual([])
  })

  it('finds each violation by a shortest trace, and goes on to the end', async () => {
    const properties = [avoids(2), neverTakes(4), neverStops, reaches(3), avoids(0)]

    const result = await checked(line, properties, { engine })

    expect(kinds(result)).toEqual(['violated', 'violated', 'holds', 'holds', 'violated'])
    expect(stepsOf(result)).toEqual([2, 2, undefined, 1, 0])
    expect(result.coverage.kind).toBe('exhaustive')
  })

  it('agrees with the graph on counts, diameter, verdicts and lengths of traces', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const { distances, live, toStop } = explored(graph)
        const asked = [neverStops, ...distances.flatMap((_, node) => [avoids(node), reaches(node)])]
        const reached = distances.filter((distance) => distance !== undefined)

        const result = await checked(graphSystem(graph.nodes, graph.edges), asked, { engine })

        const [distinctStates, transitions, diameter] = [reached.length, live.length, Math.max(...reached)]
        expect(result.coverage).toMatchObject({ kind: 'exhaustive', distinctStates, transitions, diameter })
        const verdictsOnNode = (distance: number | undefined) => (distance === undefined ? ['holds', 'violated'] : ['violated', 'holds'])
        expect(kinds(result)).toEqual([
          toStop === undefined ? 'holds' : 'violated',
          ...distances.flatMap((distance) => verdictsOnNode(distance)),
        ])
        expect(stepsOf(result)).toEqual([toStop, ...distances.flatMap((distance) => [distance, distance])])
      }),
    )
  })

  it('finds each edge that can be taken, by a shortest trace', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const { distances, live } = explored(graph)
        const asked = graph.edges.map((_, edge) => neverTakes(edge))

        const result = await checked(graphSystem(graph.nodes, graph.edges), asked, { engine })

        expect(stepsOf(result)).toEqual(
          graph.edges.map((edge) => (live.includes(edge) ? (distances[edge.from] ?? Number.NaN) + 1 : undefined)),
        )
        const dead = graph.edges.flatMap((edge, i) => (live.includes(edge) ? [] : [`edge ${i}`]))
        expect(result.actionsNeverTaken).toEqual(dead)
      }),
    )
  })

  it('gives only counterexamples and witnesses that replay and confirm', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const system = graphSystem(graph.nodes, graph.edges)
        const nodes = Array.from({ length: graph.nodes }, (_, node) => [avoids(node), reaches(node)]).flat()
        const asked = [neverStops, ...nodes, ...graph.edges.map((_, edge) => neverTakes(edge))]

        const result = await checked(system, asked, { engine })

        const wrong = result.verdicts.filter(({ trace }, i) => {
          const property = asked[i]
          if (trace === undefined || property === undefined) return false
          const replayed = replayChoices(system, choicesOf(system, trace))
          return !replayed.ok || !confirm(system, property, replayed.value)
        })
        expect(wrong).toEqual([])
      }),
    )
  })

  it.each(Object.entries(smallSystems))('agrees with the toy checker on the small system: %s', async (_, system) => {
    const properties = [neverStops]
    const toy = toyCheck(system, properties)

    const result = await checked(system, properties, { engine })

    expect(result.modelError?.diagnostic.code).toBe(toy.error?.code)
    expect(result.coverage.distinctStates).toBe(toy.states.size)
    if (toy.error !== undefined) return
    expect(result.coverage).toMatchObject({ kind: 'exhaustive', transitions: toy.transitions, diameter: toy.depth })
    expect(kinds(result)).toEqual([toy.violated.length > 0 ? 'violated' : 'holds'])
  })

  it('tells a premise that never occurred, of a state or of a transition', async () => {
    const { at } = variable('at', range(0, 3))
    const invariant = { kind: 'invariant', says: '', holds: truth } as const
    const properties: readonly Property[] = [
      { ...invariant, name: 'a', premise: equal(at(), integer(3)) },
      { ...invariant, name: 'b', premise: less(integer(5), add(at(), integer(1))) },
      { ...invariant, name: 'c', premise: happens('takes 4') },
      { ...invariant, name: 'd', premise: happens('takes 9') },
      { ...invariant, name: 'e' },
    ]

    const { verdicts } = await checked(line, properties, { engine })

    expect(verdicts.map(({ premiseOccurred }) => premiseOccurred)).toEqual([true, false, true, false, true])
  })

  it('ends where the model goes wrong, with the trace to it, and decides nothing it has not seen', async () => {
    const { at } = variable('counted', range(0, 2))
    const properties: readonly Property[] = [
      { kind: 'invariant', name: 'below-3', says: '', holds: less(at(), integer(3)) },
      { kind: 'invariant', name: 'below-2', says: '', holds: less(at(), integer(2)) },
      { kind: 'reachable', name: 'is-1', says: '', goal: equal(at(), integer(1)) },
    ]

    const result = await checked(smallSystems.overflowingCounter, properties, { engine })

    expect(kinds(result)).toEqual(['undecided', 'violated', 'holds'])
    expect(result.coverage).toMatchObject({ kind: 'limited', limit: { kind: 'model-error', code: 'MC110' } })
    expect(result.modelError?.diagnostic).toMatchObject({
      code: 'MC110',
      place: ['system overflowing counter', 'action tick'],
    })
    expect(result.modelError?.trace.steps.map(({ state }) => state)).toEqual([[1], [2]])
  })

  it('ends where a formula of a property goes wrong, with the trace to that state', async () => {
    const { at } = variable('owner', range(0, 1), { indexedBy: [range(0, 1)] })
    const counted = variable('counted', range(0, 3))
    const owner = variable('owner', range(0, 1), { indexedBy: [range(0, 1)] })
    const system = { ...smallSystems.counter, variables: [counted.declaration, owner.declaration] }
    const holds = equal(at(counted.at()), integer(0))

    const result = await checked(system, [{ kind: 'invariant', name: 'p', says: '', holds }], { engine })

    expect(result.modelError?.diagnostic).toMatchObject({ code: 'MC111', place: ['system counter', 'a formula'] })
    expect(result.modelError?.trace.steps.map(({ state }) => state[0])).toEqual([1, 2])
    expect(kinds(result)).toEqual(['undecided'])
  })
})

describe('limits of a check', () => {
  const properties = [avoids(3), reaches(1), neverStops]
  const long = graphSystem(
    40,
    Array.from({ length: 40 }, (_, i) => ({ from: i, to: (i + 1) % 40, process: 0 })),
  )

  it('gives undecided when states run out, with what was seen', async () => {
    const result = await checked(long, [avoids(10), neverStops, reaches(2), reaches(30)], { limits: { states: 5 } })

    const limit = { kind: 'states', value: 5 }
    expect(result.coverage).toEqual({ kind: 'limited', distinctStates: 5, transitions: 5, diameter: 4, limit })
    expect(kinds(result)).toEqual(['undecided', 'undecided', 'holds', 'undecided'])
  })

  it('is exhaustive when the limit on states or depth is just enough', async () => {
    for (const limits of [{ states: 40 }, { depth: 39 }]) {
      const { coverage } = await checked(long, properties, { limits })
      expect(coverage).toMatchObject({ kind: 'exhaustive', distinctStates: 40 })
    }
  })

  it('judges every transition out of the states within the limit on depth, and stores none beyond', async () => {
    const result = await checked(long, [neverTakes(3), neverTakes(4), avoids(4)], { limits: { depth: 3 } })

    expect(kinds(result)).toEqual(['violated', 'undecided', 'undecided'])
    expect(result.coverage).toMatchObject({ distinctStates: 4, diameter: 3, limit: { kind: 'depth', value: 3 } })
  })

  it('stays within a limit on memory', async () => {
    const counter = bigCounter(200_000)
    const memory = 300_000
    const result = await checked(counter, [], { limits: { memory } })

    expect(result.coverage).toMatchObject({ kind: 'limited', limit: { kind: 'memory', value: memory } })
    expect(result.statistics.bytesPerState * result.coverage.distinctStates).toBeLessThanOrEqual(memory)
    expect(result.coverage.distinctStates).toBeGreaterThan(3000)
  })

  it('gives undecided when time runs out by the clock passed in', async () => {
    let time = 0
    const now = () => (time += 10)
    const result = await checked(bigCounter(10_000), [], { limits: { time: 50 }, now })

    expect(result.coverage).toMatchObject({ kind: 'limited', limit: { kind: 'time', value: 50 } })
  })

  it('gives an honest undecided when it is aborted in a pause', async () => {
    const controller = new AbortController()
    let pauses = 0
    const pause = async () => {
      pauses++
      if (pauses === 2) controller.abort()
    }
    const result = await checked(bigCounter(50_000), [neverStops], { signal: controller.signal, pause })

    const seen = { distinctStates: 2 * 4096 + 1, transitions: 2 * 4096 }
    expect(result.coverage).toMatchObject({ kind: 'limited', limit: { kind: 'interrupted' }, ...seen })
    expect(kinds(result)).toEqual(['undecided'])
  })

  it('reports progress once per pause', async () => {
    const reported: number[] = []
    await checked(bigCounter(10_000), [], { onProgress: ({ distinctStates }) => reported.push(distinctStates) })
    expect(reported).toEqual([4097, 8193])
  })

  it('stops at the first violation when asked to, but not at a goal', async () => {
    const asked = [reaches(1), avoids(3), neverTakes(20)]
    const result = await checked(long, asked, { stopAt: 'first-violation' })

    expect(kinds(result)).toEqual(['holds', 'violated', 'undecided'])
    expect(result.coverage).toMatchObject({ limit: { kind: 'stopped', at: 'first-violation' }, distinctStates: 4 })
  })

  it('stops when every property is decided when asked to', async () => {
    const asked = [reaches(1), avoids(3), neverTakes(20)]
    const result = await checked(long, asked, { stopAt: 'every-property-decided' })

    expect(kinds(result)).toEqual(['holds', 'violated', 'violated'])
    expect(result.coverage).toMatchObject({
      limit: { kind: 'stopped', at: 'every-property-decided' },
      distinctStates: 22,
    })
  })

  it('goes to the end when there is no property to decide', async () => {
    const { coverage } = await checked(long, [], { stopAt: 'every-property-decided' })
    expect(coverage.kind).toBe('exhaustive')
  })

  it('never turns a decided property around by a limit or by stopping early', async () => {
    const stopAt = fc.constantFrom('first-violation', 'every-property-decided', 'end' as const)
    const limits = fc.record({ states: fc.integer({ min: 1, max: 8 }), depth: fc.integer({ min: 1, max: 8 }) })
    await fc.assert(
      fc.asyncProperty(graphs, stopAt, limits, async (graph, when, within) => {
        const system = graphSystem(graph.nodes, graph.edges)
        const asked = [neverStops, ...Array.from({ length: graph.nodes }, (_, node) => [avoids(node), reaches(node)])].flat()
        const full = kinds(await checked(system, asked))

        const result = await checked(system, asked, { stopAt: when, limits: within })

        const wrong = kinds(result).filter((kind, i) => kind !== 'undecided' && kind !== full[i])
        expect(wrong).toEqual([])
        expect(result.coverage.distinctStates).toBeLessThanOrEqual(within.states)
        if (result.coverage.kind === 'exhaustive') expect(kinds(result)).toEqual(full)
      }),
    )
  })
})

describe('identity renaming', () => {
  it('explores fewer states, with the same verdicts and traces in unrenamed states', async () => {
    const held = smallSystems.pool.variables[0]?.domain
    if (held === undefined) throw new Error('no variable')
    const used = { kind: 'read', variable: 'used', indices: [{ kind: 'bound', name: 'each', domain: held }] } as const
    const body = { kind: 'exists', name: 'each', domain: { ...held, orNone: false }, body: used } as const
    const properties: readonly Property[] = [{ kind: 'invariant', name: 'unused', says: '', holds: not(body) }, neverStops]

    const plain = await checked(smallSystems.pool, properties)
    const renamed = await checked(smallSystems.pool, properties, { reductions: ['identity-renaming'] })

    expect(renamed.coverage.distinctStates).toBeLessThan(plain.coverage.distinctStates)
    expect(kinds(renamed)).toEqual(kinds(plain))
    expect(renamed.verdicts[0]?.trace?.steps.length).toBe(plain.verdicts[0]?.trace?.steps.length)
  })
})

describe('the front door', () => {
  it.each<[string, CheckOptions]>([
    ['a bad limit', { limits: { states: 0 } }],
    ['a limit on time without a clock', { limits: { time: 5 } }],
    ['a walk of no steps', { search: { kind: 'random-walk', seed: 1, walks: 1, depth: 0 } }],
    ['no walks', { search: { kind: 'random-walk', seed: 1, walks: 0, depth: 1 } }],
    ['a seed that is no 32-bit integer', { search: { kind: 'random-walk', seed: 0.5, walks: 1, depth: 1 } }],
    ['two depths', { search: { kind: 'random-walk', seed: 1, walks: 1, depth: 9 }, limits: { depth: 3 } }],
  ])('refuses %s', async (_, options) => {
    const result = await check(line, [], options)
    expect(result.ok ? [] : result.diagnostics.map(({ code }) => code)).toEqual(['MC302'])
  })

  it('refuses an invalid system, an invalid property and a name used twice', async () => {
    const codes = async (system: TransitionSystem, properties: readonly Property[]) => {
      const result = await check(system, properties, {})
      return result.ok ? [] : result.diagnostics.map(({ code }) => code)
    }
    const stray: Property = {
      kind: 'reachable',
      name: 'q',
      says: '',
      goal: { kind: 'read', variable: 'q', indices: [] },
    }
    const transition: Property = { kind: 'invariant', name: 'r', says: '', holds: happens('takes 1') }

    expect(await codes({ ...line, variables: [] }, [])).toContain('MC101')
    expect(await codes(line, [stray])).toEqual(['MC101'])
    expect(await codes(line, [transition])).toEqual(['MC402'])
    expect(await codes(line, [neverStops, neverStops])).toEqual(['MC106'])
  })
})

/** Counts to `last`: a line of states, each with one successor. */
function bigCounter(last: number): TransitionSystem {
  const { at, declaration } = variable('counted', range(0, last))
  const [tick] = smallSystems.counter.actions
  return {
    ...smallSystems.counter,
    variables: [declaration],
    actions: tick === undefined ? [] : [{ ...tick, guard: less(at(), integer(last)) }],
    final: equal(at(), integer(last)),
  }
}

describe('an engine that cannot do what is asked', () => {
  it.each<readonly [string, CheckOptions, string]>([
    [
      'a random walk in WebAssembly',
      { engine: 'webassembly', search: { kind: 'random-walk', seed: 1, walks: 1, depth: 1 } },
      'a random-walk search is done in JavaScript',
    ],
    [
      'several threads in JavaScript',
      { engine: 'javascript', helpers: noHelpers },
      'several threads need it, and the engine is to be javascript',
    ],
    [
      'several threads by the reference',
      { engine: 'reference', helpers: noHelpers },
      'several threads need it, and the engine is to be reference',
    ],
  ])('is refused: %s', async (_, options, reason) => {
    const diagnostics = [{ code: 'MC204', message: `this cannot be done in WebAssembly: ${reason}` }]
    expect(await check(line, [], options)).toMatchObject({ ok: false, diagnostics })
  })
})
