/**
 * Compares the engines with the reference, in JavaScript and WebAssembly, with one thread and two, on many random systems and under random limits,
 * and writes down what was compared. `--help` says how. Ends with 1 where they disagree, 2 on bad usage.
 */
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { writeOneFile } from '../src/cli/write-files.ts'
import type { Batch } from './engine-agreement-record.ts'
import { digestOfCode, readBatches, recordPath, recordText } from './engine-agreement-record.ts'

const help = `npm run engines:compare -- [options]

  --systems N   how many; usual: 100000
  --seed N      of the first batch, the next has the next; usual: 10915
  --batch N     systems of one batch; usual: 2000
  --jobs N      batches at a time; usual: one for each processor

What was compared is in ${recordPath} after each batch, so a run that is stopped goes on where it ended. Batches of other code, or of
another size, are forgotten.`

const batchScript = fileURLToPath(new URL('compare-engines-batch.ts', import.meta.url))
const loader = import.meta.resolve('tsx')

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  const options = optionsOf(args)
  if (options === undefined) {
    console.error(help)
    return args.includes('--help') ? 0 : 2
  }
  const { systems, seed, size, jobs } = options
  const code = digestOfCode()
  const seeds = Array.from({ length: Math.ceil(systems / size) }, (_, i) => seed + i)
  const batches = readBatches(code).filter((batch) => batch.systems === size && seeds.includes(batch.seed))
  const left = seeds.filter((each) => !batches.some((batch) => batch.seed === each))
  let disagreed = false
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined && !disagreed; next = left.shift()) {
      const batch = await compareBatch(next, size)
      if (batch === undefined) disagreed = true
      else {
        batches.push(batch)
        await writeOneFile(recordPath, recordText(code, batches))
        console.error(`${batches.length * size} of ${seeds.length * size} systems agree (seed ${next})`)
      }
    }
  }
  await Promise.all(Array.from({ length: jobs }, work))
  if (disagreed) return 1
  const states = batches.reduce((sum, { distinctStates }) => sum + distinctStates, 0)
  console.log(`The engines agree on ${batches.length * size} random systems with ${states} states (seeds from ${seed}).`)
  return 0
}

/** Undefined on bad usage, or where help is asked for. */
function optionsOf(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const
    const options = { systems: text, seed: text, batch: text, jobs: text, help: { type: 'boolean' } } as const
    const { values } = parseArgs({ args: [...args], options })
    const count = (value: string | undefined, usual: number): number => (value === undefined ? usual : Number(value))
    const asked = {
      systems: count(values.systems, 100_000),
      seed: count(values.seed, 10_915),
      size: count(values.batch, 2_000),
      jobs: count(values.jobs, availableParallelism()),
    }
    const isWhole = Object.values(asked).every((value) => Number.isSafeInteger(value) && value > 0)
    return values.help === true || !isWhole ? undefined : asked
  } catch {
    return undefined
  }
}

/** A process for each batch; undefined where the engines disagree, which it has told. */
function compareBatch(seed: number, systems: number): Promise<Batch | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', loader, batchScript, String(systems), String(seed)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.on('error', reject)
    child.on('close', (status) => resolve(status === 0 ? (JSON.parse(output) as Batch) : undefined))
  })
}
