import type { Command } from 'commander'
import { Option } from 'commander'
import { exportModel } from '../../export/export-model.ts'
import type { ExportTarget } from '../../export/export-request.ts'
import { exportTargets } from '../../export/export-request.ts'
import type { Expectation } from '../../export/header.ts'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import { formulate } from '../../judge/formulate.ts'
import { variablesOf } from '../../judge/judge-scenario.ts'
import { describeBounds } from '../../model/cpython/bounds.ts'
import type { Scenario } from '../../model/scenarios/elaborate.ts'
import { elaborate } from '../../model/scenarios/elaborate.ts'
import type { Promised } from '../../properties/catalog/promise.ts'
import type { Property } from '../../properties/language/property.ts'
import type { Wanted } from '../cells/choose-scenarios.ts'
import { chooseScenarios } from '../cells/choose-scenarios.ts'
import { now } from '../clock.ts'
import type { ExitStatus } from '../exit-status.ts'
import { exitStatus } from '../exit-status.ts'
import { countExpected } from '../export/count-expected.ts'
import { targetFile } from '../export/target-file.ts'
import { listenForInterruption, pause } from '../interruption.ts'
import { loadModule } from '../load-module.ts'
import type { BoundsFlags } from '../options/bounds-options.ts'
import { addBoundsOptions, boundsOf } from '../options/bounds-options.ts'
import { refuse } from '../options/counts.ts'
import type { SearchFlags } from '../options/search-options.ts'
import { addLimitOptions, limitsOf } from '../options/search-options.ts'
import { usualBounds } from '../options/usual-bounds.ts'
import { noteReleases } from '../release-notes.ts'
import type { Terminal } from '../terminal.ts'
import { writeOneFile } from '../write-files.ts'
import type { Finish } from './command.ts'

interface ExportFlags extends BoundsFlags, Pick<SearchFlags, 'merge' | 'maxStates' | 'maxSeconds' | 'maxMemory'>, Wanted {
  readonly design?: string
  readonly to: ExportTarget
  readonly properties: boolean
  readonly count: boolean
  readonly output?: string
}

/** States after which counting is given up, unless a limit is asked for. */
const usualMostStates = 2_000_000

const examples = `
Examples:
  $ gilproof export --to promela --design coghlan.owner-is-used --client mod-wsgi-pool --output pool.pml
  $ gilproof export --to murphi --design status-quo --client mod-wsgi-pool --property no-fatal-error --output pool.m
  $ gilproof export --to tla --design cpython-3.12 --client mod-wsgi-pool --output Pool.tla    Pool.cfg beside it
  $ gilproof export --to etf --design cpython-3.12 --client mod-wsgi-pool --output pool.etf
  $ gilproof export --to promela --no-properties ./my-client.ts     the states alone: their number is compared
  $ gilproof export --to promela --no-count --threads 5 --client mod-wsgi-pool

promela is for SPIN, murphi for Rumur, tla for TLC, etf for LTSmin. The text begins with the commands to run it and the number of states that
the other checker must find. What a target cannot say exactly is refused, never approximated; docs/exports.md says what each one can. etf is a
table for each action instead of a program: it needs a search of all states, and is refused where they are too many.

Exit status: 0 written, 2 bad usage or input, or the target cannot say it, 70 bug.`

export function exportCommand(program: Command, terminal: Terminal, finish: Finish): void {
  const command = program
    .command('export')
    .summary('write a model for another checker: SPIN, Rumur, TLC, LTSmin')
    .description('Writes one client on one reading of a design as a model for another checker, with the promises that it can say.')
    .argument('[module]', 'a TypeScript or JavaScript file that exports designs, clients or promises')
    .addOption(new Option('--to <target>', 'what to write').choices([...exportTargets]).makeOptionMandatory())
    .option('--design <name>', 'a reading, or a design with one; usual: that of the module, or the status quo')
    .option('--client <name>', 'a client; usual: that of the module')
    .option('--property <name...>', 'promises to write down; usual: all that the target can say')
    .option('--no-properties', 'the states alone: without promises nothing ends the search of the other checker early')
    .option('--no-merge', 'the model step by step, without merging steps that nobody else can see')
    .option('--no-count', 'do not count the states first; the text then expects no number')
    .option('--output <file>', 'where to write; usual: standard output')
  addLimitOptions(addBoundsOptions(command, usualBounds))
    .addHelpText('after', examples)
    .action(async (module: string | undefined, flags: ExportFlags) => finish(await runExport(terminal, module, flags)))
}

async function runExport(terminal: Terminal, module: string | undefined, flags: ExportFlags): Promise<ExitStatus> {
  refuseIdleOptions(flags)
  noteReleases(terminal, [flags.design])
  const file = targetFile(flags.to, flags.output)
  const additions = module === undefined ? undefined : await loadModule(module)
  const { scenarios, promises } = chooseScenarios(flags, boundsOf(flags, usualBounds), additions)
  const scenario = theOnly(scenarios)
  const { system, properties } = systemOf(scenario, promises, flags)
  const said = flags.properties ? properties : []
  refuseUnsayable(flags, said)
  const expects = await expectationOf(terminal, system, said, flags)
  refuseUnlisted(flags, expects)
  if (expects.kind === 'not-counted') terminal.note(`Not counted: ${expects.reason}.`)
  const files = exportModel(flags.to, { system, properties: said, about: aboutOf(scenario, flags, expects), fileName: file.name })
  if (!files.ok) throw new DiagnosticError(files.diagnostics)
  if (flags.output === undefined) {
    const [text = ''] = files.value.values()
    terminal.print(text.trimEnd())
    return exitStatus.asExpected
  }
  for (const [ending, text] of files.value) await writeOneFile(file.stem + ending, text)
  return exitStatus.asExpected
}

/** An option that another one leaves without effect would be ignored. */
function refuseIdleOptions({ count, properties, property, maxStates, maxSeconds, maxMemory }: ExportFlags): void {
  const limits = Object.entries({ '--max-states': maxStates, '--max-seconds': maxSeconds, '--max-memory': maxMemory })
  const idle = limits.find(([, value]) => !count && value !== undefined)?.[0]
  if (idle !== undefined) throw contradiction(idle, '--no-count')
  if (!properties && property !== undefined) throw contradiction('--property', '--no-properties')
}

function contradiction(idle: string, other: string): DiagnosticError {
  const message = `found ${idle} together with ${other}; expected one of them`
  return refuse({ code: 'MC607', message, hint: `With ${other} it would have no effect: leave one of them out.`, place: ['export'] })
}

function theOnly(scenarios: readonly Scenario[]): Scenario {
  const [scenario, another] = scenarios
  if (scenario !== undefined && another === undefined) return scenario
  const message = `found ${scenarios.length} scenarios; expected one: a client on one reading`
  const readings = [...new Set(scenarios.map(({ reading }) => reading))]
  const hint =
    readings.length > 1 && readings.length < 10
      ? `Choose a reading with --design: ${readings.join(', ')}; and one client.`
      : 'Name both with --design and --client. "gilproof list readings" and "gilproof list clients" say what there is.'
  throw refuse({ code: 'MC607', message, hint, place: ['export'] })
}

function systemOf(scenario: Scenario, promises: readonly Promised[], { merge }: ExportFlags) {
  const elaboration = elaborate(scenario)
  const compiled = elaboration.compile({ merge, visible: merge ? variablesOf(elaboration, promises) : new Set() })
  return { system: compiled.system, properties: formulate(elaboration, compiled, promises) }
}

function refuseUnsayable({ property, to }: ExportFlags, properties: readonly Property[]): void {
  if (property === undefined) return
  const unsayable = properties.filter(({ kind }) => kind === 'reachable' || kind === 'can-always-reach')
  if (unsayable.length === 0) return
  throw new DiagnosticError(
    unsayable.map(({ name, kind }) => ({
      code: 'MC802',
      message: `${to} has no way to say a ${kind} property as gilproof means it`,
      hint: 'Leave it out, and judge it with "gilproof check".',
      place: [`property ${name}`],
    })),
  )
}

/** Tables are of all states: where the search for the count ends early, they would end early as well. */
function refuseUnlisted({ to, count }: ExportFlags, expects: Expectation): void {
  if (to !== 'etf' || !count || expects.kind !== 'not-counted') return
  const message = `${expects.reason}; expected all states, as etf lists what every action does in them`
  const hint = 'Raise the limit, take fewer threads, interpreters or rounds, or choose promela, murphi or tla, which list no states.'
  throw refuse({ code: 'MC803', message, hint, place: ['export'] })
}

async function expectationOf(
  terminal: Terminal,
  system: Parameters<typeof countExpected>[0],
  properties: readonly Property[],
  flags: ExportFlags,
): Promise<Expectation> {
  if (!flags.count) return { kind: 'not-counted', reason: 'it was not asked for' }
  const interruption = listenForInterruption(terminal)
  try {
    const limits = { states: usualMostStates, ...limitsOf(flags) }
    return await countExpected(system, properties, { limits, now, pause, signal: interruption.signal })
  } finally {
    interruption.end()
  }
}

function aboutOf({ reading, client, bounds }: Scenario, { merge, properties }: ExportFlags, expects: Expectation) {
  return {
    title: `${reading} / ${client.name}`,
    chosen: [
      `Bounds: ${describeBounds(bounds)}.`,
      merge ? 'Steps that nobody else can see are merged, as gilproof check does.' : 'Steps are not merged.',
      ...(properties ? [] : ['Written with --no-properties.']),
    ],
    expects,
  }
}
