import type { CheckResult } from '../../src/checker/check.ts'
import { check } from '../../src/checker/check.ts'
import { printSystem } from '../../src/model/language/print.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import type { Property } from '../../src/properties/language/property.ts'

/** What two engines must agree on: counts, verdicts, whole traces, and how a model goes wrong. */
export interface Agreement {
  readonly distinctStates: number
  readonly violated: number
  readonly wentWrong: boolean
}

/** Checks with both engines and throws, with the system as text, where they differ. */
export async function compareEngines(system: TransitionSystem, properties: readonly Property[]): Promise<Agreement> {
  const reference = await resultOf(system, properties, 'reference')
  const generated = await resultOf(system, properties, 'generated')
  const [expected, found] = [reference, generated].map((result) => JSON.stringify(comparable(result)))
  if (expected !== found) throw new Error(`The engines differ.\nreference: ${expected}\ngenerated: ${found}\n${printSystem(system)}`)
  return {
    distinctStates: reference.statistics.distinctStates,
    violated: reference.verdicts.filter(({ kind }) => kind === 'violated').length,
    wentWrong: reference.modelError !== undefined,
  }
}

async function resultOf(
  system: TransitionSystem,
  properties: readonly Property[],
  engine: 'reference' | 'generated',
): Promise<CheckResult> {
  const result = await check(system, properties, { engine, limits: { states: 20_000 } })
  if (!result.ok) throw new Error(`${JSON.stringify(result.diagnostics)}\n${printSystem(system)}`)
  return result.value
}

/** Everything but the memory used. */
function comparable({ verdicts, coverage, actionsNeverTaken, modelError }: CheckResult): unknown {
  return { verdicts, coverage, actionsNeverTaken, modelError }
}
