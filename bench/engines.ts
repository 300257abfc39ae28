/**
 * Question: how many times faster is the generated engine than the reference, on the first 200,000 states of the largest shipped scenario?
 *
 *     npm run bench:engines -- [states] [rounds]
 *
 * Both sides explore the same states in one process, in turn; the ratio of the medians is printed with the work done.
 */
import { check } from '../src/checker/check.ts'
import { formulate } from '../src/judge/formulate.ts'
import { mostGeneralRude } from '../src/model/clients/most-general-rude.ts'
import { cpython32 } from '../src/model/cpython/versions/cpython-3-2.ts'
import { elaborate } from '../src/model/scenarios/elaborate.ts'
import { promises } from '../src/properties/catalog/catalog.ts'
import { variablesRead } from '../src/properties/language/variables-read.ts'

const [states = 200_000, rounds = 3] = process.argv.slice(2).map(Number)
const elaboration = elaborate({
  reading: 'status-quo.cpython-3.2',
  policy: cpython32,
  client: mostGeneralRude,
  bounds: { threads: 3, interpreters: 2, rounds: 3 },
})
const plain = elaboration.compile({ merge: false, visible: new Set() })
const visible = new Set(formulate(elaboration, plain, promises).flatMap((property) => [...variablesRead(property)]))
const merged = elaboration.compile({ merge: true, visible })
const properties = formulate(elaboration, merged, promises)

async function secondsOf(engine: 'generated' | 'reference'): Promise<number> {
  const started = process.hrtime.bigint()
  const result = await check(merged.system, properties, { engine, limits: { states }, reductions: ['identity-renaming'] })
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics))
  const { distinctStates, transitions } = result.value.statistics
  work.add(`${distinctStates} states, ${transitions} transitions`)
  console.log(`${engine.padEnd(9)} ${seconds.toFixed(2)} s for ${distinctStates} states, ${transitions} transitions`)
  return seconds
}

const work = new Set<string>()
const times: Record<'generated' | 'reference', number[]> = { generated: [], reference: [] }
for (let round = 0; round < rounds; round++) {
  for (const engine of ['generated', 'reference'] as const) times[engine].push(await secondsOf(engine))
}
if (work.size !== 1) throw new Error(`not the same work: ${[...work].join(' and ')}`)
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN
console.log(
  `The generated engine is ${(median(times.reference) / median(times.generated)).toFixed(1)} times as fast, compilation included.`,
)
