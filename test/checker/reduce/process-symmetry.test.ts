import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CheckOptions, CheckResult } from '../../../src/checker/check.ts'
import { check } from '../../../src/checker/check.ts'
import { compileSystem } from '../../../src/checker/compile/compile.ts'
import { findInterchangeable } from '../../../src/checker/symmetry/interchangeable.ts'
import { choicesOf, replayChoices } from '../../../src/checker/trace/replay.ts'
import { shapeOf } from '../../../src/model/language/state.ts'
import type { TransitionSystem } from '../../../src/model/language/transition-system.ts'
import type { Property } from '../../../src/properties/language/property.ts'
import { replicatedSystems } from '../../arbitraries/replicated-system.ts'
import { smallGil } from '../../support/spin-systems.ts'
import { exploreCompiled } from '../compile/explore-compiled.ts'

const symmetric: CheckOptions = { reductions: ['process-symmetry'] }

async function checked(system: TransitionSystem, properties: readonly Property[], options: CheckOptions): Promise<CheckResult> {
  const result = await check(system, properties, { limits: { states: 20_000 }, ...options })
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics))
  return result.value
}

/** Undefined where the model goes wrong, or is refused. */
async function sound(system: TransitionSystem, properties: readonly Property[], options: CheckOptions): Promise<CheckResult | undefined> {
  const result = await check(system, properties, { limits: { states: 20_000 }, ...options })
  return result.ok && result.value.coverage.kind === 'exhaustive' ? result.value : undefined
}

/** Milliseconds; far more than random tests take on an idle machine. */
const timeout = 120_000

describe('process symmetry', () => {
  it('leaves every verdict, whether it was exercised, and the lengths of traces of random systems', { timeout }, async () => {
    let fewer = 0
    await fc.assert(
      fc.asyncProperty(replicatedSystems(), fc.boolean(), async ({ system, properties }, renaming) => {
        const reductions = renaming ? (['identity-renaming', 'process-symmetry'] as const) : (['process-symmetry'] as const)
        const [plain, reduced] = [await sound(system, properties, {}), await sound(system, properties, { reductions })]
        if (plain === undefined || reduced === undefined) return
        const told = ({ verdicts }: CheckResult): unknown =>
          verdicts.map(({ property, kind, premiseOccurred, trace }) => [property, kind, premiseOccurred, trace?.steps.length])
        expect(told(reduced)).toEqual(told(plain))
        expect(reduced.coverage.distinctStates).toBeLessThanOrEqual(plain.coverage.distinctStates)
        if (reduced.coverage.distinctStates < plain.coverage.distinctStates) fewer += 1
      }),
      { numRuns: 300 },
    )
    expect(fewer).toBeGreaterThan(50)
  })

  it('hides no error of a model', { timeout }, async () => {
    let wrong = 0
    await fc.assert(
      fc.asyncProperty(replicatedSystems(), async ({ system, properties }) => {
        const [plain, reduced] = [await checked(system, properties, {}), await checked(system, properties, symmetric)]
        if (plain.modelError === undefined) return
        wrong += 1
        expect(reduced.coverage.kind).toBe('limited')
      }),
      { numRuns: 300 },
    )
    expect(wrong).toBeGreaterThan(20)
  })

  it('gives traces in which everybody keeps their name, and that replay', { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(replicatedSystems(), async ({ system, properties }) => {
        const { verdicts, modelError } = await checked(system, properties, symmetric)
        for (const trace of [...verdicts.map((verdict) => verdict.trace), modelError?.trace]) {
          if (trace !== undefined) expect(replayChoices(system, choicesOf(system, trace))).toEqual({ ok: true, value: trace })
        }
      }),
      { numRuns: 300 },
    )
  })

  // Counted by TLC with SYMMETRY on a TLA+ text of the same model.
  it.each([
    [5, 55_728],
    [6, 163_732],
  ])('visits one state of each orbit of the small GIL with %i threads', async (threads, orbits) => {
    const { coverage } = await checked(smallGil(threads), [], { ...symmetric, limits: {} })
    expect(coverage).toMatchObject({ kind: 'exhaustive', distinctStates: orbits })
  })

  it.each([
    [2, 1_637],
    [3, 21_411],
    [4, 277_317],
  ])('visits states of the small GIL with %i threads whose orbits have together the %i states that SPIN counts', (threads, states) => {
    const system = smallGil(threads)
    const compiled = compileSystem(system, [], { renaming: false, interchangeable: findInterchangeable(system, []).groups })
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics))
    const representatives = [...exploreCompiled(compiled.value, []).states]
    const orbits = representatives.map((state) => orbitOfSmallGil(system, state))
    expect(orbits.reduce((sum, size) => sum + size, 0)).toBe(states)
  })
})

/** Ways to hand out the threads of a state: n! divided by those that change nothing. */
function orbitOfSmallGil(system: TransitionSystem, state: string): number {
  const values: readonly number[] = JSON.parse(state)
  const { firstSlot } = shapeOf(system.variables)
  const at = (variable: string, index: number): number => values[(firstSlot.get(variable) ?? 0) + index] ?? 0
  const threads = system.processes.length - 2
  const records = Array.from({ length: threads }, (_, thread) => {
    const held = [0, 1].map((interpreter) => at('gil', interpreter) === thread)
    return [at('at', thread), at('depth', thread), at('home', thread), ...held].join()
  })
  const alike = [...new Set(records)].map((record) => records.filter((other) => other === record).length)
  return alike.reduce((size, count) => size / factorial(count), factorial(threads))
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1)
}
