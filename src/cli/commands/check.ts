import type { Command } from 'commander'
import { Option } from 'commander'
import type { GeneratedLanguage } from '../../checker/compile/compile.ts'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import { stableJson } from '../../foundation/stable-json.ts'
import type { JudgeOptions } from '../../judge/judge-scenario.ts'
import { judgeScenario } from '../../judge/judge-scenario.ts'
import type { Judgement } from '../../judge/judgement.ts'
import { measureSavings } from '../../judge/measure-savings.ts'
import { printScenario } from '../../judge/print-scenario.ts'
import { describeBounds } from '../../model/cpython/bounds.ts'
import type { Scenario } from '../../model/scenarios/elaborate.ts'
import type { Promised } from '../../properties/catalog/promise.ts'
import type { Finding } from '../../report/finding.ts'
import { blameModule } from '../cells/blame-module.ts'
import type { Additions, Catalogs } from '../cells/catalogs.ts'
import type { Wanted } from '../cells/choose-scenarios.ts'
import { chooseScenarios } from '../cells/choose-scenarios.ts'
import { now } from '../clock.ts'
import type { ExitStatus } from '../exit-status.ts'
import { exitStatus, graver } from '../exit-status.ts'
import { findingLine, searchLine } from '../finding-lines.ts'
import { listenForInterruption, pause } from '../interruption.ts'
import { loadModule } from '../load-module.ts'
import type { BoundsFlags } from '../options/bounds-options.ts'
import { addBoundsOptions, boundsOf } from '../options/bounds-options.ts'
import { refuse } from '../options/counts.ts'
import type { SearchFlags } from '../options/search-options.ts'
import { addSearchOptions, searchOf } from '../options/search-options.ts'
import { usualBounds } from '../options/usual-bounds.ts'
import type { ReductionsOfCell } from '../reduction-lines.ts'
import { reductionLines } from '../reduction-lines.ts'
import { noteReleases } from '../release-notes.ts'
import { renderFinding } from '../render-finding.ts'
import { searchHelpers } from '../search-helpers.ts'
import { statusOfFindings } from '../status-of-findings.ts'
import type { Terminal } from '../terminal.ts'
import type { Finish } from './command.ts'

interface CheckFlags extends BoundsFlags, SearchFlags, Wanted {
  readonly design?: string
  readonly trace?: boolean
  readonly savings?: boolean
  readonly json?: boolean
  readonly printGenerated?: GeneratedLanguage
}

const examples = `
Examples:
  $ gilproof check --design coghlan --client swig-callback-on-maker-thread
  $ gilproof check --design status-quo --property no-deadlock        on every client
  $ gilproof check --design cpython-3.12 --property no-deadlock      a release, as released; cpython-3.12.debug for its debug build
  $ gilproof check ./my-design.ts                                    your design, on every client
  $ gilproof check ./my-client.ts --design pitrou --threads 3
  $ gilproof check --client mod-wsgi-pool --threads 4 --search random-walk --seed 7
  $ gilproof check --client most-general-rude --threads 4 --symmetry threads that do the same, in one order only
  $ gilproof check --client mod-wsgi-pool --threads 4 --workers 2    a large model, by two threads of this machine

Exit status: 0 everything holds, 1 a promise is violated, 2 bad usage or input, 3 undecided (a limit was hit), 70 bug.`

export function checkCommand(program: Command, terminal: Terminal, finish: Finish): void {
  const command = program
    .command('check')
    .summary('judge a design on clients')
    .description('Judges a design on clients: which promises hold in every reachable state, and the shortest trace to each violation.')
    .argument('[module]', 'a TypeScript or JavaScript file that exports designs, clients or promises')
    .option('--design <name>', 'a design (all its readings) or a reading; usual: those of the module, or the status quo')
    .option('--client <name>', 'a client; usual: those of the module, or every client')
    .option('--property <name...>', 'promises to judge; usual: all')
    .option('--trace', 'print the trace of every violation, also when several clients or readings are judged')
    .option('--savings', 'explore again without each reduction, and print how many states it saved and that the verdicts are the same')
    .option('--json', 'print one JSON document')
    .addOption(
      new Option('--print-generated <language>', 'print the code that would explore one client on one reading, and search nothing').choices(
        ['javascript', 'webassembly'],
      ),
    )
  addSearchOptions(addBoundsOptions(command, usualBounds))
    .addHelpText('after', examples)
    .action(async (module: string | undefined, flags: CheckFlags) => finish(await runCheck(terminal, module, flags)))
}

async function runCheck(terminal: Terminal, module: string | undefined, flags: CheckFlags): Promise<ExitStatus> {
  refuseNothing(module, flags)
  noteReleases(terminal, [flags.design])
  const additions = await additionsOf(module)
  const { scenarios, promises, catalogs } = chooseScenarios(flags, boundsOf(flags, usualBounds), additions)
  const asked = askedOf(flags)
  if (flags.printGenerated !== undefined) return printCode(terminal, scenarios, promises, flags)
  const interruption = listenForInterruption(terminal)
  const options: JudgeOptions = { ...asked, ...helpersFor(asked), now, pause, signal: interruption.signal }
  const printing = { catalogs, traces: scenarios.length === 1 || flags.trace === true }
  const cells: JudgedCell[] = []
  for await (const cell of judgeAll(scenarios, promises, { options, additions, flags })) {
    cells.push(cell)
    if (flags.json !== true) printCell(terminal, cell, printing)
  }
  interruption.end()
  const findings = cells.flatMap(({ judged }) => judged.findings)
  const reductions = cells.flatMap((cell) => cell.reductions ?? [])
  if (flags.json === true) {
    const told = { search: describeAsked(asked), findings }
    terminal.print(stableJson(asksForReductions(flags) ? { ...told, reductions } : told, 2))
  } else if (scenarios.length > 1) printSummary(terminal, scenarios.length, findings)
  return graver(statusOfFindings(findings), interruption.signal.aborted ? exitStatus.undecided : exitStatus.asExpected)
}

interface JudgedCell {
  readonly judged: Judgement
  /** Only if they were asked for. */
  readonly reductions?: ReductionsOfCell
}

interface Judging {
  readonly options: JudgeOptions
  readonly additions: Additions | undefined
  readonly flags: CheckFlags
}

/** One after the other, until it is interrupted. */
async function* judgeAll(
  scenarios: readonly Scenario[],
  promises: readonly Promised[],
  { options, additions, flags }: Judging,
): AsyncGenerator<JudgedCell> {
  for (const scenario of scenarios) {
    const judged = options.signal?.aborted === true ? undefined : await judge(scenario, promises, options, additions)
    if (judged === undefined) return
    yield asksForReductions(flags) ? { judged, reductions: await reductionsOf(judged, promises, options, flags) } : { judged }
  }
}

async function additionsOf(module: string | undefined): Promise<Additions | undefined> {
  return module === undefined ? undefined : await loadModule(module)
}

type Asked = Required<Pick<JudgeOptions, 'engine' | 'search' | 'limits' | 'merge' | 'symmetry'>> & { readonly workers: number }

function askedOf(flags: CheckFlags): Asked {
  const { engine, workers = 1, symmetry = false } = flags
  const { search, limits } = searchOf(flags)
  if (search.kind === 'random-walk' && asksForReductions(flags)) {
    const message = 'a random walk does not explore every state, so nothing is saved'
    throw refuse({
      code: 'MC607',
      message,
      hint: 'Leave it out, or search breadth-first.',
      place: [flags.savings === true ? '--savings' : '--symmetry'],
    })
  }
  // A random walk is repeated to find its trace, so it must walk in the system that traces are told in.
  return { engine, workers, search, limits, merge: search.kind === 'breadth-first' && flags.merge, symmetry }
}

function helpersFor({ workers }: Asked): Pick<JudgeOptions, 'helpers'> {
  return workers === 1 ? {} : { helpers: searchHelpers(workers - 1) }
}

function describeAsked({ search, ...rest }: Asked): object {
  return { ...search, ...rest }
}

/** Of one scenario; of several nobody could read it. */
function printCode(terminal: Terminal, scenarios: readonly Scenario[], promises: readonly Promised[], flags: CheckFlags): ExitStatus {
  const ignored = (['json', 'trace', 'savings', 'symmetry', 'workers', 'maxStates', 'maxSeconds', 'maxMemory', 'depth'] as const).filter(
    (name) => flags[name] !== undefined,
  )
  if (ignored.length > 0) {
    const options = ignored.map((name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`)
    throw refuse({ code: 'MC607', message: 'nothing is searched', hint: `Leave out ${options.join(', ')}.`, place: ['--print-generated'] })
  }
  const [scenario, another] = scenarios
  if (scenario === undefined || another !== undefined) {
    const message = `found ${scenarios.length} cells; expected one client on one reading`
    throw refuse({ code: 'MC607', message, hint: 'Add --client NAME and --design READING.', place: ['--print-generated'] })
  }
  const printed = printScenario(scenario, promises, { merge: flags.merge, language: flags.printGenerated ?? 'javascript' })
  if (!printed.ok) throw new DiagnosticError(printed.diagnostics)
  terminal.print(printed.value)
  return exitStatus.asExpected
}

function asksForReductions({ savings = false, symmetry = false }: CheckFlags): boolean {
  return savings || symmetry
}

async function reductionsOf(
  judgement: Judgement,
  promises: readonly Promised[],
  options: JudgeOptions,
  flags: CheckFlags,
): Promise<ReductionsOfCell> {
  const { scenario, symmetry } = judgement
  const measured = flags.savings === true ? await measureSavings(judgement, promises, options) : undefined
  if (measured?.ok === false) throw new DiagnosticError(measured.diagnostics)
  const cell = { reading: scenario.reading, client: scenario.client.name }
  return { cell, ...(symmetry === undefined ? {} : { symmetry }), ...(measured === undefined ? {} : { savings: measured.value }) }
}

function printCell(terminal: Terminal, { judged, reductions }: JudgedCell, printing: Printing): void {
  printCells(terminal, judged.scenario, judged.findings, printing)
  const { print, palette } = terminal
  for (const line of reductions === undefined ? [] : reductionLines(reductions)) print(palette.faint(`  ${line}`))
}

function refuseNothing(module: string | undefined, { design, client }: CheckFlags): void {
  if (module !== undefined || design !== undefined || client !== undefined) return
  const hint =
    'Add --design NAME, --client NAME or a file. "gilproof list designs" and "gilproof list clients" say what there is; "gilproof prove" judges everything.'
  throw refuse({ code: 'MC607', message: 'found neither a design nor a client nor a file; expected at least one', hint, place: ['check'] })
}

/** Undefined when interrupted before there was anything to say. */
async function judge(
  scenario: Scenario,
  promises: readonly Promised[],
  options: JudgeOptions,
  additions: Additions | undefined,
): Promise<Judgement | undefined> {
  try {
    const judged = await judgeScenario(scenario, promises, options)
    if (judged.ok) return judged.value
    if (options.signal?.aborted === true) return undefined
    throw new DiagnosticError(judged.diagnostics)
  } catch (error) {
    throw additions === undefined ? error : blameModule(error, scenario.reading, scenario.client.name)
  }
}

interface Printing {
  readonly catalogs: Catalogs
  readonly traces: boolean
}

function printCells({ print, palette }: Terminal, scenario: Scenario, findings: readonly Finding[], { catalogs, traces }: Printing): void {
  const [first] = findings
  if (first === undefined) return
  print(
    palette.strong(`${scenario.reading} / ${scenario.client.name}`) +
      palette.faint(`  ${describeBounds(scenario.bounds)}; ${searchLine(first)}`),
  )
  const violated = findings.filter(({ evidence }) => evidence !== undefined)
  for (const finding of traces ? findings : findings.filter(({ status }) => status !== 'safe' && status !== 'never-exercised')) {
    print(`  ${findingLine(finding, palette)}`)
    if (!traces && finding.evidence !== undefined) print(`    gilproof replay ${finding.evidence.replayCode}`)
  }
  if (traces) for (const finding of violated) print(`\n${renderFinding(finding, 'text', catalogs)}`)
}

function printSummary({ print, palette }: Terminal, searches: number, findings: readonly Finding[]): void {
  const among = (status: Finding['status']): number => findings.filter((finding) => finding.status === status).length
  const parts = [
    `${among('safe')} safe`,
    `${among('never-exercised')} never exercised`,
    `${among('violated')} violated`,
    `${among('undecided')} undecided`,
  ]
  print(palette.strong(`${searches} searches: ${parts.join(', ')}`))
}
