import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CheckOptions, CheckResult } from '../../../src/checker/check.ts'
import { check } from '../../../src/checker/check.ts'
import { choicesOf, confirm, replayChoices } from '../../../src/checker/trace/replay.ts'
import type { TransitionSystem } from '../../../src/model/language/transition-system.ts'
import type { Property } from '../../../src/properties/language/property.ts'
import { smallSystems } from '../../support/systems.ts'
import { avoids, explored, graphSystem, graphs, neverStops, neverTakes, reaches } from '../graph-system.ts'

type Walk = Omit<Extract<NonNullable<CheckOptions['search']>, { kind: 'random-walk' }>, 'kind'>

async function walked(
  system: TransitionSystem,
  properties: readonly Property[],
  walk: Walk,
  options: CheckOptions = {},
): Promise<CheckResult> {
  const result = await check(system, properties, { ...options, search: { kind: 'random-walk', ...walk } })
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics))
  return result.value
}
const kinds = ({ verdicts }: CheckResult): readonly string[] => verdicts.map(({ kind }) => kind)
const walks = fc.record({
  seed: fc.integer(),
  walks: fc.integer({ min: 1, max: 5 }),
  depth: fc.integer({ min: 1, max: 8 }),
})

describe('random walk', () => {
  it('never says that a safety property holds or that a goal cannot be reached', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, walks, async (graph, walk) => {
        const { distances, toStop } = explored(graph)
        const asked = [neverStops, ...distances.flatMap((_, node) => [avoids(node), reaches(node)])]

        const result = await walked(graphSystem(graph.nodes, graph.edges), asked, walk)

        const possible = [
          toStop === undefined ? 'undecided' : 'violated',
          ...distances.flatMap((d) => (d === undefined ? ['undecided', 'undecided'] : ['violated', 'holds'])),
        ]
        expect(result.coverage.kind).toBe('limited')
        expect(kinds(result).filter((kind, i) => kind !== 'undecided' && kind !== possible[i])).toEqual([])
      }),
    )
  })

  it('finds only what replays and confirms, within its depth', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, walks, async (graph, walk) => {
        const system = graphSystem(graph.nodes, graph.edges)
        const asked = [neverStops, avoids(graph.nodes - 1), ...graph.edges.map((_, edge) => neverTakes(edge))]

        const { verdicts } = await walked(system, asked, walk)

        const wrong = verdicts.filter(({ trace }, i) => {
          const property = asked[i]
          if (trace === undefined || property === undefined) return false
          const replayed = replayChoices(system, choicesOf(system, trace))
          return !replayed.ok || !confirm(system, property, replayed.value) || trace.steps.length > walk.depth + 1
        })
        expect(wrong).toEqual([])
      }),
    )
  })

  it('sees everything in the end, and says by what it was limited', async () => {
    const walk = { seed: 4, walks: 200, depth: 30 }
    const { coverage, verdicts } = await walked(smallSystems.threePhilosophers, [neverStops], walk)

    // The toy checker finds as many states in all.
    const all = await check(smallSystems.threePhilosophers, [], {})
    if (!all.ok) throw new Error('not checked')
    expect(coverage).toMatchObject({ kind: 'limited', limit: { kind: 'random-walk', ...walk } })
    expect(coverage.distinctStates).toBe(all.value.coverage.distinctStates)
    expect(coverage.transitions).toBe(all.value.coverage.transitions)
    expect(verdicts[0]).toMatchObject({ kind: 'violated' })
  })

  it('walks the same way with the same seed, and another way with another', async () => {
    const result = async (seed: number) =>
      JSON.stringify(await walked(smallSystems.threePhilosophers, [neverStops], { seed, walks: 3, depth: 12 }))

    expect(await result(7)).toBe(await result(7))
    expect(await result(7)).not.toBe(await result(8))
  })

  it('honours limits, stopping and aborting', async () => {
    const walk = { seed: 1, walks: 1000, depth: 50 }
    const system = smallSystems.threePhilosophers
    const limitOf = async (options: CheckOptions) => (await walked(system, [neverStops], walk, options)).coverage

    expect(await limitOf({ limits: { states: 3 } })).toMatchObject({ limit: { kind: 'states' }, distinctStates: 3 })
    expect(await limitOf({ limits: { memory: 100 } })).toMatchObject({ limit: { kind: 'memory' }, distinctStates: 1 })
    expect(await limitOf({ signal: { aborted: true } })).toMatchObject({ limit: { kind: 'interrupted' } })
    expect(await limitOf({ stopAt: 'first-violation' })).toMatchObject({ limit: { kind: 'stopped' } })
  })

  it('ends where the model goes wrong, with the trace to it', async () => {
    const { modelError } = await walked(smallSystems.overflowingCounter, [], { seed: 1, walks: 2, depth: 9 })
    expect(modelError?.diagnostic.code).toBe('MC110')
    expect(modelError?.trace.steps.map(({ state }) => state)).toEqual([[1], [2]])
  })
})
