/**
 * Exports the scenarios of the debate, runs them in SPIN and in Rumur, and compares the numbers of states:
 *
 *     npm run cross-check -- [--to promela|murphi] [--most STATES] [--every N] [--client NAME]
 *
 * Scenarios with more states than --most (usual: 300,000) are left out and counted. Ends with 1 on a difference, or when nothing was compared.
 */
import { parseArgs } from 'node:util'
import { check } from '../src/checker/check.ts'
import { ownCatalogs } from '../src/cli/cells/catalogs.ts'
import { usualBounds } from '../src/cli/options/usual-bounds.ts'
import { planProof } from '../src/cli/prove/plan.ts'
import { exported } from '../test/support/export-and-count.ts'
import type { RunnableTarget } from '../test/support/foreign-checkers.ts'
import { runForeignChecker } from '../test/support/foreign-checkers.ts'
import { scenarioSystem } from '../test/support/scenario-system.ts'

const { values } = parseArgs({
  options: { to: { type: 'string' }, most: { type: 'string' }, every: { type: 'string' }, client: { type: 'string' } },
})
const targets: readonly RunnableTarget[] = (['promela', 'murphi'] as const).filter(
  (target) => values.to === undefined || values.to === target,
)
if (targets.length === 0) throw new Error(`--to is "${values.to}"; expected promela or murphi.`)
const most = countOf('--most', values.most, 300_000)
const every = countOf('--every', values.every, 1)

const { tasks } = planProof(ownCatalogs, { bounds: usualBounds, limits: {}, evidence: 'none', claimsOnly: false, earlier: new Map() })
const chosen = tasks.filter(({ client }) => values.client === undefined || values.client === client).filter((_, i) => i % every === 0)
let equal = 0
let different = 0
let tooLarge = 0
for (const task of chosen) {
  const { name, system } = scenarioSystem(task)
  const checked = await check(system, [], { limits: { states: most } })
  if (!checked.ok) throw new Error(`${name}: ${checked.diagnostics.map(({ message }) => message).join('; ')}`)
  const { coverage, modelError, statistics } = checked.value
  if (coverage.kind === 'limited' || modelError !== undefined) {
    tooLarge += 1
    console.log(`${'left out'.padStart(10)}  ${name}`)
    continue
  }
  const text = (target: RunnableTarget): string =>
    exported(target, system, { expects: { kind: 'counted', states: statistics.distinctStates, violated: [] } })
  const results = targets.map((target) => ({ target, result: runForeignChecker(target, text(target)) }))
  const isEqual = results.every(({ result }) => result.states === statistics.distinctStates && !result.wentWrong)
  if (isEqual) equal += 1
  else different += 1
  const told = results.map(({ target, result }) => `${target} ${result.states} in ${(result.milliseconds / 1000).toFixed(1)} s`)
  console.log(`${String(statistics.distinctStates).padStart(10)}  ${told.join(', ')}  ${isEqual ? 'equal' : 'DIFFERENT'}  ${name}`)
}
console.log(`${equal} equal, ${different} different, ${tooLarge} left out of ${chosen.length} scenarios.`)
process.exitCode = different > 0 || equal === 0 ? 1 : 0

function countOf(option: string, text: string | undefined, usual: number): number {
  const value = text === undefined ? usual : Number(text)
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new Error(`${option} is "${text}"; expected a positive whole number.`)
}
