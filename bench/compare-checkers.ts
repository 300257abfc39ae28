/**
 * Question: how do speed and memory of gilproof compare with those of SPIN and Rumur on the same models?
 *
 *     npm run bench -- --help
 *
 * Prepares every tool for every model, lets them take turns, demands that all counts agree, and writes RESULTS.md, scaling.svg and results.json.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ModelFamily } from './models/bench-model.ts'
import { modelFamilies } from './models/catalog.ts'
import type { BenchOptions } from './options.ts'
import { help, optionsOf, UsageError } from './options.ts'
import { resultsPage } from './page/results-page.ts'
import { scalingPlot } from './page/scaling-plot.ts'
import { aboutThisRun } from './run/about.ts'
import { prepareAll } from './run/prepare-all.ts'
import type { Results } from './run/results.ts'
import { scalingFamily } from './run/results.ts'
import { takeTurns } from './run/take-turns.ts'
import { toolsFor } from './tools/catalog.ts'

/** So long a tool may work on one model, all rounds together. */
const secondsPerCell = 45

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  try {
    const options = optionsOf(args)
    if (options === undefined) console.log(help)
    else write(options.redraw ? resultsIn(options.output ?? 'bench') : await measure(options), options.output)
    return 0
  } catch (error) {
    console.error(error instanceof UsageError ? `${error.message}\n"npm run bench -- --help" says what there is.` : error)
    return error instanceof UsageError ? 2 : 1
  }
}

async function measure(options: BenchOptions): Promise<Results> {
  const { largest, rounds, seconds, bytes, minutes } = options
  const started = performance.now()
  const note = (text: string): void => console.log(text)
  const families = chosen(modelFamilies(largest), options.models)
  const tools = toolsFor({ largest, mostBytes: bytes }).filter(({ name }) => containsOne(name, options.tools))
  const models = families.flatMap((family) => family.models)
  if (models.length === 0 || tools.length === 0) throw new UsageError('There is no such model or no such tool.')
  const about = aboutThisRun(options)
  const folder = mkdtempSync(join(tmpdir(), 'gilproof-bench-'))
  try {
    const entries = await prepareAll(models, tools, { folder, note })
    const results = await takeTurns(families, entries, {
      rounds,
      budget: { seconds, bytes },
      secondsPerCell,
      mayGoOn: () => performance.now() - started < minutes * 60_000,
      note,
    })
    note(`Took ${((performance.now() - started) / 60_000).toFixed(1)} minutes.`)
    return { about, families: results }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function chosen(families: readonly ModelFamily[], texts: readonly string[]): readonly ModelFamily[] {
  return families
    .map((family) => ({ ...family, models: family.models.filter(({ name }) => containsOne(name, texts)) }))
    .filter(({ models }) => models.length > 0)
}

function containsOne(name: string, texts: readonly string[]): boolean {
  return texts.length === 0 || texts.some((text) => name.includes(text))
}

function resultsIn(folder: string): Results {
  return JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as Results
}

function write(results: Results, folder: string | undefined): void {
  const page = resultsPage(results)
  console.log(`\n${page}`)
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify(results, undefined, 2)}\n`)
  writeFileSync(join(folder, 'RESULTS.md'), page)
  const family = scalingFamily(results)
  if (family !== undefined) writeFileSync(join(folder, 'scaling.svg'), scalingPlot(family))
}
