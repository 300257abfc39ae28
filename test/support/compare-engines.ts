import type { CheckOptions, CheckResult } from '../../src/checker/check.ts'
import { check } from '../../src/checker/check.ts'
import type { Checked } from '../../src/foundation/diagnostic.ts'
import { printSystem } from '../../src/model/language/print.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import type { Property } from '../../src/properties/language/property.ts'
import { helpersFromSources } from './search-helpers.ts'

/** What all engines must agree on: counts, verdicts, whole traces, and how a model goes wrong. */
export interface Agreement {
  readonly distinctStates: number
  readonly violated: number
  readonly wentWrong: boolean
}

/** Kept for all comparisons; rounds of several threads also where one would be enough. */
const helpers = helpersFromSources(1, 1)

/** Each is compared with the reference under the same reductions. */
const engines: readonly CheckOptions[] = [{ engine: 'javascript' }, { engine: 'webassembly' }, { engine: 'webassembly', helpers }]

/** What is the same for all that are compared. */
export type Circumstances = Pick<CheckOptions, 'reductions' | 'limits' | 'stopAt'>

/** Checks with every engine and throws, with the system as text, where one differs from the reference. */
export async function compareEngines(
  system: TransitionSystem,
  properties: readonly Property[],
  circumstances: Circumstances = {},
): Promise<Agreement> {
  const limits = { states: 20_000, ...circumstances.limits }
  const reference = await check(system, properties, { ...circumstances, limits, engine: 'reference' })
  const expected = asText(reference)
  for (const options of engines) {
    const found = asText(await check(system, properties, { ...circumstances, limits, ...options }))
    if (found === expected) continue
    const name = `${options.engine}, ${1 + (options.helpers?.count ?? 0)} threads`
    throw new Error(`${name}: not as the reference.\nreference: ${expected}\nfound:     ${found}\n${printSystem(system)}`)
  }
  if (!reference.ok) return { distinctStates: 0, violated: 0, wentWrong: false }
  const { statistics, verdicts, modelError } = reference.value
  return {
    distinctStates: statistics.distinctStates,
    violated: verdicts.filter(({ kind }) => kind === 'violated').length,
    wentWrong: modelError !== undefined,
  }
}

/** Everything but the memory used; what is refused, is refused by all. */
function asText(result: Checked<CheckResult>): string {
  if (!result.ok) return JSON.stringify(result.diagnostics)
  const { verdicts, coverage, actionsNeverTaken, modelError } = result.value
  return JSON.stringify({ verdicts, coverage, actionsNeverTaken, modelError })
}
