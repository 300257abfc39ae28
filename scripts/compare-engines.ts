/**
 * Compares the engines with the reference, in JavaScript and WebAssembly, with one thread and two, on many random systems and under random limits,
 * and writes down what was compared:
 *
 *     npm run engines:compare -- [systems] [seed]
 */
import { writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { circumstances } from '../test/arbitraries/circumstances.ts'
import { systemsWithProperties } from '../test/arbitraries/property.ts'
import { replicatedSystems } from '../test/arbitraries/replicated-system.ts'
import { compareEngines } from '../test/support/compare-engines.ts'

const [systems = 100_000, seed = 10_915] = process.argv.slice(2).map(Number)
let states = 0
let violated = 0
let wentWrong = 0
let compared = 0
await fc.assert(
  fc.asyncProperty(
    fc.oneof(systemsWithProperties(), replicatedSystems()),
    circumstances(),
    async ({ system, properties }, circumstances) => {
      const agreement = await compareEngines(system, properties, circumstances)
      states += agreement.distinctStates
      violated += agreement.violated
      if (agreement.wentWrong) wentWrong += 1
      compared += 1
      if (compared % 1000 === 0) console.error(`${compared} of ${systems} systems agree`)
    },
  ),
  { numRuns: systems, seed },
)
const result = {
  systems: compared,
  seed,
  distinctStates: states,
  violatedProperties: violated,
  systemsThatGoWrong: wentWrong,
  disagreements: 0,
}
writeFileSync('docs/engine-agreement.json', `${JSON.stringify(result, null, 2)}\n`)
console.log(`The engines agree on ${compared} random systems with ${states} states (seed ${seed}).`)
