/** Compares the engines on one batch of random systems, and prints what was compared as JSON: `compare-engines-batch.ts SYSTEMS SEED`. */
import fc from 'fast-check'
import { circumstances } from '../test/arbitraries/circumstances.ts'
import { systemsWithProperties } from '../test/arbitraries/property.ts'
import { replicatedSystems } from '../test/arbitraries/replicated-system.ts'
import { compareEngines } from '../test/support/compare-engines.ts'
import type { Batch } from './engine-agreement-record.ts'

const [systems = 0, seed = 0] = process.argv.slice(2).map(Number)
let compared: Batch = { seed, systems: 0, distinctStates: 0, violatedProperties: 0, systemsThatGoWrong: 0 }
const drawn = fc.oneof(systemsWithProperties(), replicatedSystems())
await fc.assert(
  fc.asyncProperty(drawn, circumstances(), async ({ system, properties }, circumstances) => {
    const { distinctStates, violated, wentWrong } = await compareEngines(system, properties, circumstances)
    compared = {
      seed,
      systems: compared.systems + 1,
      distinctStates: compared.distinctStates + distinctStates,
      violatedProperties: compared.violatedProperties + violated,
      systemsThatGoWrong: compared.systemsThatGoWrong + (wentWrong ? 1 : 0),
    }
  }),
  { numRuns: systems, seed },
)
console.log(JSON.stringify(compared))
