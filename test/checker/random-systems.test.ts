import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CheckOptions, CheckResult } from '../../src/checker/check.ts'
import { check } from '../../src/checker/check.ts'
import { compileSystem } from '../../src/checker/compile/compile.ts'
import type { ShortestTrace } from '../../src/checker/explore/shortest-trace.ts'
import { findShortestTraces } from '../../src/checker/explore/shortest-trace.ts'
import { choicesOf, confirm, replayChoices } from '../../src/checker/trace/replay.ts'
import { countContextSwitches } from '../../src/checker/trace/trace.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import type { Property } from '../../src/properties/language/property.ts'
import type { CheckedSystem } from '../arbitraries/property.ts'
import { systemsWithProperties } from '../arbitraries/property.ts'
import { toyCheck } from '../oracle/toy-checker.ts'

async function checked(system: TransitionSystem, properties: readonly Property[], options: CheckOptions = {}): Promise<CheckResult> {
  const result = await check(system, properties, options)
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics))
  return result.value
}

async function shortestTrace(system: TransitionSystem, property: Property): Promise<ShortestTrace> {
  const result = await findShortestTraces(system, [property], { compile: compileSystem, limits: {} })
  const [shortest] = result.ok ? result.value : []
  if (shortest === undefined) throw new Error(JSON.stringify(result))
  return shortest
}

const law = (holds: (asked: CheckedSystem) => Promise<void>, numRuns = 100): Promise<void> =>
  fc.assert(fc.asyncProperty(systemsWithProperties(), holds), { numRuns })

const violated = ({ verdicts }: CheckResult): readonly string[] =>
  verdicts.filter(({ kind }) => kind === 'violated').map(({ property }) => property)

/** Milliseconds. */
const patience = 20_000

describe('checking random systems', () => {
  it.each([['generated'], ['reference']] as const)(
    'finds with the %s engine what the toy checker finds',
    async (engine) => {
      await law(async ({ system, properties }) => {
        const toy = toyCheck(system, properties)

        const result = await checked(system, properties, { engine })

        expect(result.modelError === undefined).toBe(toy.error === undefined)
        if (toy.error !== undefined) return
        expect(result.coverage).toMatchObject({
          kind: 'exhaustive',
          distinctStates: toy.states.size,
          transitions: toy.transitions,
          diameter: toy.depth,
        })
        expect(violated(result)).toEqual(toy.violated)
        const exercised = result.verdicts.filter(({ premiseOccurred }) => premiseOccurred)
        expect(exercised.map(({ property }) => property)).toEqual(toy.exercised)
      })
    },
    patience,
  )

  it(
    'gives only traces that replay and confirm, also to where the model goes wrong',
    async () => {
      await law(async ({ system, properties }) => {
        const { verdicts, modelError } = await checked(system, properties)
        for (const [i, { trace }] of verdicts.entries()) {
          const property = properties[i]
          if (trace === undefined || property === undefined) continue
          expect(replayChoices(system, choicesOf(system, trace))).toEqual({ ok: true, value: trace })
          expect(confirm(system, property, trace)).toBe(true)
        }
        if (modelError === undefined) return
        // One of the enabled actions goes wrong there, or a formula does.
        const choices = choicesOf(system, modelError.trace)
        expect(replayChoices(system, choices).ok).toBe(true)
        if (modelError.diagnostic.place[1] === 'a formula') return
        const tried = system.actions.map((_, choice) => replayChoices(system, [...choices, choice]))
        expect(tried.flatMap((replayed) => (replayed.ok ? [] : replayed.diagnostics))).toContainEqual(modelError.diagnostic)
      }, 300)
    },
    patience,
  )

  it(
    'gives the same verdicts and lengths of traces with identity renaming',
    async () => {
      await law(async ({ system, properties }) => {
        const plain = await checked(system, properties)
        const result = await check(system, properties, { reductions: ['identity-renaming'] })
        if (!result.ok || plain.modelError !== undefined) return
        const renamed = result.value
        expect(renamed.verdicts.map(({ kind, trace }) => [kind, trace?.steps.length])).toEqual(
          plain.verdicts.map(({ kind, trace }) => [kind, trace?.steps.length]),
        )
        expect(renamed.coverage.distinctStates).toBeLessThanOrEqual(plain.coverage.distinctStates)
      }, 300)
    },
    patience,
  )

  it(
    'finds shortest traces of as many steps as the check, and no more switches',
    async () => {
      await law(async ({ system, properties }) => {
        const { verdicts, modelError } = await checked(system, properties)
        if (modelError !== undefined) return
        const shortest = await Promise.all(properties.map((property) => shortestTrace(system, property)))

        expect(shortest.map((found) => (found.kind === 'found' ? found.stepCount : undefined))).toEqual(
          verdicts.map(({ trace }) => trace?.steps.length),
        )
        const wrong = shortest.filter((found, i) => {
          const [property, trace] = [properties[i], verdicts[i]?.trace]
          if (found.kind !== 'found' || property === undefined || trace === undefined) return found.kind !== 'none'
          return !confirm(system, property, found.trace) || found.contextSwitches > countContextSwitches(trace)
        })
        expect(wrong).toEqual([])
      })
    },
    patience,
  )

  it(
    'finds in one search for all properties the traces it finds for each alone',
    async () => {
      await law(async ({ system, properties }) => {
        const { modelError } = await checked(system, properties)
        if (modelError !== undefined) return
        const alone = await Promise.all(properties.map((property) => shortestTrace(system, property)))
        const together = await findShortestTraces(system, properties, { compile: compileSystem, limits: {} })
        expect(together).toEqual({ ok: true, value: alone })
      })
    },
    patience,
  )

  it(
    'never decides by a random walk what a full check decides otherwise',
    async () => {
      await law(async ({ system, properties }) => {
        const full = await checked(system, properties)
        if (full.modelError !== undefined) return
        const walk = await checked(system, properties, { search: { kind: 'random-walk', seed: 3, walks: 4, depth: 12 } })
        const wrong = walk.verdicts.filter(({ kind }, i) => kind !== 'undecided' && kind !== full.verdicts[i]?.kind)
        expect(wrong).toEqual([])
        expect(walk.coverage.kind).toBe('limited')
        expect(walk.coverage.distinctStates).toBeLessThanOrEqual(full.coverage.distinctStates)
      })
    },
    patience,
  )
})
