/**
 * Exports the scenarios of the debate, runs them in SPIN and in Rumur, and compares the numbers of states. `--help` says how.
 *
 * Ends with 1 on a difference, or when nothing was compared; 2 on bad usage.
 */
import { parseArgs } from 'node:util'
import { check } from '../src/checker/check.ts'
import { modelDigest } from '../src/checker/trace/model-digest.ts'
import { ownCatalogs } from '../src/cli/cells/catalogs.ts'
import { usualBounds } from '../src/cli/options/usual-bounds.ts'
import { planProof } from '../src/cli/prove/plan.ts'
import { writeOneFile } from '../src/cli/write-files.ts'
import { exportedFiles } from '../test/support/export-and-count.ts'
import type { InstalledTarget } from '../test/support/foreign-checkers.ts'
import { runForeignChecker } from '../test/support/foreign-checkers.ts'
import type { NamedScenario } from '../test/support/scenario-system.ts'
import { scenarioSystem } from '../test/support/scenario-system.ts'
import type { ComparedModel } from './cross-check-record.ts'
import { bySize, countOf, isDifferent, isDone, readRecord, recordPath, recordText } from './cross-check-record.ts'

const help = `npm run cross-check -- [options]

  --to promela|murphi   one checker; usual: SPIN (promela) and Rumur (murphi)
  --minutes N           stop after N minutes; no model is begun that is likely to take longer
  --most STATES         leave larger models out; usual: 300000
  --threads N           only scenarios of so many threads
  --rounds N            only scenarios of so many rounds
  --client NAME         only scenarios of one client
  --every N             a sample: every Nth scenario
  --again               compare also what ${recordPath} has already

Models are compared smallest first, and one that several scenarios share is compared once. What was compared is in ${recordPath} after
each model, so a run that is stopped goes on where it ended; a model that has changed since is compared anew.`

class UsageError extends Error {}

interface Chosen {
  readonly digest: string
  readonly scenario: NamedScenario
  readonly names: string[]
}

process.exitCode = await main()

async function main(): Promise<number> {
  try {
    return await compareAll(optionsOf(process.argv.slice(2)))
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    console.error(error.message)
    return error.message === help ? 0 : 2
  }
}

type Options = ReturnType<typeof optionsOf>

function optionsOf(args: readonly string[]) {
  const text = { type: 'string' } as const
  const options = { to: text, minutes: text, most: text, threads: text, rounds: text, client: text, every: text }
  const flags = { again: { type: 'boolean' }, help: { type: 'boolean' } } as const
  const values = parse()
  if (values.help === true) throw new UsageError(help)
  const targets = (['promela', 'murphi'] as const).filter((target) => values.to === undefined || values.to === target)
  if (targets.length === 0) throw new UsageError(`--to is "${values.to}"; expected promela or murphi.`)
  return {
    targets,
    client: values.client,
    again: values.again ?? false,
    most: numberOf('--most', values.most) ?? 300_000,
    every: numberOf('--every', values.every) ?? 1,
    threads: numberOf('--threads', values.threads),
    rounds: numberOf('--rounds', values.rounds),
    minutes: numberOf('--minutes', values.minutes),
  }

  function parse() {
    try {
      return parseArgs({ args: [...args], options: { ...options, ...flags } }).values
    } catch (error) {
      throw new UsageError(`${error instanceof Error ? error.message : error}\n\n${help}`)
    }
  }
}

function numberOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new UsageError(`${option} is "${text}"; expected a positive whole number.`)
}

async function compareAll(options: Options): Promise<number> {
  const { targets, minutes = Number.POSITIVE_INFINITY } = options
  const ends = performance.now() + minutes * 60_000
  const earlier = options.again ? new Map<string, ComparedModel>() : readRecord()
  const { chosen, current } = distinctModels(options)
  const known = new Map([...readRecord()].filter(([digest]) => current.has(digest)))
  for (const [digest, model] of known) known.set(digest, { ...model, scenarios: current.get(digest) ?? [] })

  console.log(`${chosen.length} models in the chosen scenarios. Counting states ...`)
  const { counted, larger, uncounted } = await countStates(chosen, { earlier, most: options.most, ends })
  for (const model of counted) known.set(model.digest, { ...known.get(model.digest), ...model })
  await writeOneFile(recordPath, recordText([...known.values()]))

  const scenarios = new Map(chosen.map(({ digest, scenario }) => [digest, scenario]))
  const waiting = counted.filter((model) => !isDone(model, targets)).sort(bySize)
  const before = counted.length - waiting.length
  let longest = 0
  let done = 0
  for (const model of waiting) {
    const began = performance.now()
    const scenario = scenarios.get(model.digest)
    if (scenario === undefined || began + longest > ends) break
    const compared = compare(known.get(model.digest) ?? model, scenario, targets)
    known.set(model.digest, compared)
    await writeOneFile(recordPath, recordText([...known.values()]))
    longest = Math.max(longest, performance.now() - began)
    done += 1
    console.log(`${`[${done}/${waiting.length}]`.padStart(12)} ${told(compared, targets, performance.now() - began)}`)
  }
  return conclude({ done, before, larger, left: waiting.length - done + uncounted, models: counted.map(({ digest }) => known.get(digest)) })
}

/** The models of the scenarios that were asked for, and the scenarios of all models there are: what else the record has is out of date. */
function distinctModels({ every, ...wanted }: Options) {
  const { tasks } = planProof(ownCatalogs, { bounds: usualBounds, limits: {}, evidence: 'none', claimsOnly: false, earlier: new Map() })
  const current = new Map<string, string[]>()
  const chosen = new Map<string, Chosen>()
  let fitting = 0
  for (const task of tasks) {
    const { name, system } = scenarioSystem(task)
    const digest = modelDigest(system)
    const names = current.get(digest) ?? []
    names.push(name)
    current.set(digest, names)
    const { threads = task.bounds.threads, rounds = task.bounds.rounds, client = task.client } = wanted
    if (threads !== task.bounds.threads || rounds !== task.bounds.rounds || client !== task.client) continue
    if (fitting++ % every === 0 && !chosen.has(digest)) chosen.set(digest, { digest, scenario: task, names })
  }
  return { chosen: [...chosen.values()], current }
}

/** What our own search finds; what an earlier run found of the same model is not searched again. */
async function countStates(
  chosen: readonly Chosen[],
  { earlier, most, ends }: { readonly earlier: ReadonlyMap<string, ComparedModel>; readonly most: number; readonly ends: number },
) {
  const counted: ComparedModel[] = []
  let larger = 0
  let uncounted = 0
  for (const { digest, scenario, names } of chosen) {
    if (performance.now() > ends) {
      uncounted += 1
      continue
    }
    const known = earlier.get(digest)
    if (known !== undefined && known.states !== 'goes wrong' && known.states <= most) {
      counted.push({ ...known, scenarios: [...names] })
      continue
    }
    const { system } = scenarioSystem(scenario)
    const checked = await check(system, [], { limits: { states: most } })
    if (!checked.ok) throw new Error(`${names[0]}: ${checked.diagnostics.map(({ message }) => message).join('; ')}`)
    const { coverage, modelError, statistics } = checked.value
    if (coverage.kind === 'limited' && modelError === undefined) larger += 1
    else
      counted.push({
        digest,
        states: countOf({ states: statistics.distinctStates, wentWrong: modelError !== undefined }),
        scenarios: [...names],
      })
  }
  return { counted, larger, uncounted }
}

function compare(model: ComparedModel, scenario: NamedScenario, targets: readonly InstalledTarget[]): ComparedModel {
  const { system } = scenarioSystem(scenario)
  const expects = { kind: 'not-counted', reason: 'it is compared' } as const
  const found = targets.map((target) => [target, countOf(runForeignChecker(target, exportedFiles(target, system, { expects })))] as const)
  return { ...model, ...Object.fromEntries(found) }
}

function told(model: ComparedModel, targets: readonly InstalledTarget[], milliseconds: number): string {
  const counts = targets.map((target) => `${target} ${model[target]}`).join(', ')
  const [name = '', ...others] = model.scenarios
  const also = others.length === 0 ? '' : `, and ${others.length} more with the same model`
  const outcome = isDifferent(model) ? 'DIFFERENT' : 'equal'
  return `${String(model.states).padStart(8)}  ${counts}  ${outcome}  ${(milliseconds / 1000).toFixed(1)} s  ${name}${also}`
}

function conclude(run: {
  readonly done: number
  readonly before: number
  readonly larger: number
  readonly left: number
  readonly models: readonly (ComparedModel | undefined)[]
}): number {
  const { done, before, larger, left, models } = run
  const different = models.filter((model) => model !== undefined && isDifferent(model)).length
  console.log(`${done} models compared now, ${before} earlier, ${different} different. What was found is in ${recordPath}.`)
  if (left > 0) console.log(`${left} left out for want of time: the same command goes on with them.`)
  if (larger > 0) console.log(`${larger} left out because they are larger than --most.`)
  return different > 0 || done + before === 0 ? 1 : 0
}
