import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CheckOptions } from '../../../src/checker/check.ts'
import { check } from '../../../src/checker/check.ts'
import { compileSystem } from '../../../src/checker/compile/compile.ts'
import { findShortestTraces } from '../../../src/checker/explore/shortest-trace.ts'
import { choicesOf, confirm, replayChoices } from '../../../src/checker/trace/replay.ts'
import type { TransitionSystem } from '../../../src/model/language/transition-system.ts'
import type { Property } from '../../../src/properties/language/property.ts'
import type { Edge, Graph } from '../graph-system.ts'
import { avoids, canAlwaysReach, explored, graphSystem, graphs } from '../graph-system.ts'

const edge = (from: number, to: number): Edge => ({ from, to, process: 0 })

async function judged(system: TransitionSystem, properties: readonly Property[], options: CheckOptions = {}) {
  const result = await check(system, properties, options)
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics))
  return result.value.verdicts
}

/** A loop 0 - 1 - 2, and a way out of 1 into a loop 3 - 4 that nothing leaves. */
const loopWithTrap = graphSystem(6, [edge(0, 1), edge(1, 2), edge(2, 0), edge(1, 3), edge(3, 4), edge(4, 3)])

describe('what can always be reached', () => {
  it('is violated where a loop that never meets the goal cannot be left, by the shortest way into it', async () => {
    const [verdict] = await judged(loopWithTrap, [canAlwaysReach(0)])

    expect(verdict?.kind).toBe('violated')
    expect(verdict?.trace?.steps.map(({ action }) => action)).toEqual([0, 3])
  })

  it('holds of a goal inside the last loop, although a run may stay outside for ever', async () => {
    const [verdict] = await judged(loopWithTrap, [canAlwaysReach(4)])
    expect(verdict?.kind).toBe('holds')
  })

  it('is violated at once where the goal is never reached at all', async () => {
    const [verdict] = await judged(loopWithTrap, [canAlwaysReach(5)])
    expect(verdict).toMatchObject({ kind: 'violated', trace: { steps: [] } })
  })

  it('is undecided when a limit ends the search, or when the search was to stop at something else', async () => {
    const [limited] = await judged(loopWithTrap, [canAlwaysReach(0)], { limits: { states: 3 } })
    expect(limited).toMatchObject({ kind: 'undecided', coverage: { limit: { kind: 'states', value: 3 } } })
    const [stopped] = await judged(loopWithTrap, [canAlwaysReach(0), avoids(1)], { stopAt: 'first-violation' })
    expect(stopped?.kind).toBe('undecided')
  })

  it('is undecided where the transitions do not fit into memory', async () => {
    const long = graphSystem(
      600,
      Array.from({ length: 599 }, (_, i) => edge(i, i + 1)),
    )
    const [verdict] = await judged(long, [canAlwaysReach(0)], { limits: { memory: 30_000 } })
    expect(verdict).toMatchObject({ kind: 'undecided', coverage: { limit: { kind: 'memory', value: 30_000 } } })
  })

  it.each([['generated'], ['reference']] as const)('is what every way through a random graph says, with the %s engine', async (engine) => {
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const properties = Array.from({ length: graph.nodes }, (_, node) => canAlwaysReach(node))
        const verdicts = await judged(graphSystem(graph.nodes, graph.edges), properties, { engine })
        expect(verdicts.map(({ kind, trace }) => [kind, trace?.steps.length])).toEqual(
          properties.map((_, node) => {
            const steps = nearestTrap(graph, node)
            return steps === undefined ? ['holds', undefined] : ['violated', steps]
          }),
        )
      }),
    )
  })

  it('has shortest traces that confirm, and that replay', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const system = graphSystem(graph.nodes, graph.edges)
        const properties = Array.from({ length: graph.nodes }, (_, node) => canAlwaysReach(node))
        const found = await findShortestTraces(system, properties, { compile: compileSystem, limits: {} })
        if (!found.ok) throw new Error(JSON.stringify(found.diagnostics))
        expect(found.value.map((shortest) => (shortest.kind === 'found' ? shortest.stepCount : undefined))).toEqual(
          properties.map((_, node) => nearestTrap(graph, node)),
        )
        for (const [i, shortest] of found.value.entries()) {
          const property = properties[i]
          if (shortest.kind !== 'found' || property === undefined) continue
          expect(confirm(system, property, shortest.trace)).toBe(true)
          expect(replayChoices(system, choicesOf(system, shortest.trace))).toEqual({ ok: true, value: shortest.trace })
        }
      }),
    )
  })
})

/** Steps from node 0 to the nearest node without a way to the goal; by asking for all ways from each node, one after the other. */
function nearestTrap(graph: Graph, goal: number): number | undefined {
  const { distances } = explored(graph)
  const isTrap = (node: number): boolean => {
    const seen = new Set([node])
    for (const at of seen) for (const { from, to } of graph.edges) if (from === at) seen.add(to)
    return !seen.has(goal)
  }
  const steps = distances.flatMap((distance, node) => (distance !== undefined && isTrap(node) ? [distance] : []))
  return steps.length === 0 ? undefined : Math.min(...steps)
}
