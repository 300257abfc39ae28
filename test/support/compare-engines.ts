import type { CheckOptions, CheckResult } from '../../src/checker/check.ts'
import { check } from '../../src/checker/check.ts'
import { printSystem } from '../../src/model/language/print.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import type { Property } from '../../src/properties/language/property.ts'

/** What all engines must agree on: counts, verdicts, whole traces, and how a model goes wrong. */
export interface Agreement {
  readonly distinctStates: number
  readonly violated: number
  readonly wentWrong: boolean
}

/** Each is compared with the reference under the same reductions. */
const settings: readonly CheckOptions[] = [
  { engine: 'javascript' },
  { engine: 'webassembly' },
  { engine: 'javascript', reductions: ['identity-renaming'] },
  { engine: 'webassembly', reductions: ['identity-renaming'] },
]

/** Checks with every engine and throws, with the system as text, where one differs from the reference. */
export async function compareEngines(system: TransitionSystem, properties: readonly Property[]): Promise<Agreement> {
  const expected = new Map<string, string>()
  for (const options of settings) {
    const reductions = options.reductions ?? []
    const known = expected.get(reductions.join())
    const reference = known ?? (await resultOf(system, properties, { engine: 'reference', reductions }))
    expected.set(reductions.join(), reference)
    const found = await resultOf(system, properties, options)
    if (found === reference) continue
    throw new Error(`${JSON.stringify(options)} differs.\nreference: ${reference}\nfound:     ${found}\n${printSystem(system)}`)
  }
  const { statistics, verdicts, modelError } = await checked(system, properties, { engine: 'javascript' })
  return {
    distinctStates: statistics.distinctStates,
    violated: verdicts.filter(({ kind }) => kind === 'violated').length,
    wentWrong: modelError !== undefined,
  }
}

/** As text; what is refused, is refused by all. */
async function resultOf(system: TransitionSystem, properties: readonly Property[], options: CheckOptions): Promise<string> {
  const result = await check(system, properties, { ...options, limits: { states: 20_000 } })
  return JSON.stringify(result.ok ? comparable(result.value) : result.diagnostics)
}

async function checked(system: TransitionSystem, properties: readonly Property[], options: CheckOptions): Promise<CheckResult> {
  const result = await check(system, properties, { ...options, limits: { states: 20_000 } })
  if (!result.ok) throw new Error(`${JSON.stringify(result.diagnostics)}\n${printSystem(system)}`)
  return result.value
}

/** Everything but the memory used. */
function comparable({ verdicts, coverage, actionsNeverTaken, modelError }: CheckResult): unknown {
  return { verdicts, coverage, actionsNeverTaken, modelError }
}
