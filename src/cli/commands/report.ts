import type { Command } from 'commander'
import { Option } from 'commander'
import { traceToItf } from '../../checker/trace/itf.ts'
import { stableJson } from '../../foundation/stable-json.ts'
import { renderCProgram } from '../../report/c-reproducer.ts'
import { sequenceDiagram } from '../../report/sequence-diagram.ts'
import { tellTrace } from '../../report/told-trace.ts'
import type { Catalogs } from '../cells/catalogs.ts'
import { askable, findClient, findReading } from '../cells/catalogs.ts'
import type { RebuiltCell } from '../cells/rebuild-cell.ts'
import { rebuildCell } from '../cells/rebuild-cell.ts'
import type { GraphFormat } from '../cells/state-graph.ts'
import { drawStates, graphFormats } from '../cells/state-graph.ts'
import type { ExitStatus } from '../exit-status.ts'
import { exitStatus } from '../exit-status.ts'
import { htmlReport } from '../html-report.ts'
import { collectModules, loadModules } from '../load-modules.ts'
import type { BoundsFlags } from '../options/bounds-options.ts'
import { addBoundsOptions, boundsOf } from '../options/bounds-options.ts'
import { refuse } from '../options/counts.ts'
import { statusQuoReading, usualBounds } from '../options/usual-bounds.ts'
import { noteReleases } from '../release-notes.ts'
import { contextOf, renderFinding } from '../render-finding.ts'
import { replayableCell } from '../replay/replayable-cell.ts'
import { reproductionOf } from '../replay/reproduction-of.ts'
import { showPage } from '../show-page.ts'
import type { Terminal } from '../terminal.ts'
import { writeOneFile } from '../write-files.ts'
import type { Finish } from './command.ts'

const formats = ['markdown', 'text', 'html', 'json', 'itf', 'mermaid', 'c'] as const
type Format = (typeof formats)[number]

interface ReportFlags extends BoundsFlags {
  readonly format?: Format
  readonly stateGraph?: GraphFormat
  readonly module?: readonly string[]
  readonly output?: string
  readonly open?: boolean
  readonly design?: string
  readonly client?: string
}

const examples = `
Examples:
  $ gilproof report CODE --format markdown --out deadlock.md
  $ gilproof report CODE --format html --open                one page of its own: chart, steps, state; for a browser, an e-mail, a PEP
  $ gilproof report CODE --format itf > trace.itf.json       for trace viewers, as Apalache writes it
  $ gilproof report CODE --format mermaid                    a sequence diagram
  $ gilproof report CODE --format c --out reproduce.c        a C program that shows it on a real Python (status quo and releases)

  $ gilproof report --state-graph dot --design status-quo --client attach-twice --threads 1 --interpreters 1 > states.dot

CODE is a replay code, as checks and reports print it. The trace is replayed and confirmed first, as by "gilproof replay".`

export function reportCommand(program: Command, terminal: Terminal, finish: Finish): void {
  const command = program
    .command('report')
    .summary('write a counterexample down in some format, or draw the states of a cell')
    .description('Replays a counterexample and writes it down; or draws all reachable states of a small scenario.')
    .argument('[code]', 'a replay code')
    .addOption(new Option('--format <name>', 'how to write the counterexample (usual: markdown)').choices(formats))
    .option('--out, --output <file>', 'write a file, whole or not at all; usual: print')
    .option('--open', 'with --format html: show the page in the browser; without --output, from a temporary folder')
    .option('--module <file>', 'a file that the design, client or promise comes from; may be repeated', collectModules)
    .addOption(new Option('--state-graph <format>', 'draw the states of --client on --design instead').choices(graphFormats))
    .option('--design <name>', 'with --state-graph: a reading, or a design for its nominal reading')
    .option('--client <name>', 'with --state-graph: a client')
  addBoundsOptions(command, usualBounds)
    .addHelpText('after', examples)
    .action(async (code: string | undefined, flags: ReportFlags) => finish(await runReport(terminal, code, flags)))
}

async function runReport(terminal: Terminal, code: string | undefined, flags: ReportFlags): Promise<ExitStatus> {
  const { module, output, open = false } = flags
  refuseMixture(code, flags)
  const catalogs = askable(await loadModules(module))
  const text =
    code === undefined ? graphOf(terminal, flags, catalogs) : render(rebuildCell(code, catalogs), flags.format ?? 'markdown', catalogs)
  if (open) await showPage(terminal, `${text}\n`, output)
  else if (output === undefined) terminal.print(text)
  else await writeOneFile(output, `${text}\n`)
  return exitStatus.asExpected
}

/** A counterexample has its names and bounds in its code; a state graph has no format of traces. */
function refuseMixture(code: string | undefined, flags: ReportFlags): void {
  const { stateGraph, format, open, design, client, threads, interpreters, rounds } = flags
  if ((code === undefined) === (stateGraph === undefined)) {
    const message =
      code === undefined
        ? 'found neither a replay code nor --state-graph; expected one of them'
        : 'found a replay code and --state-graph; expected one of them'
    throw refuse({ code: 'MC607', message, hint: '"gilproof report --help" shows both.', place: ['report'] })
  }
  if (open === true && format !== 'html') {
    throw refuse({
      code: 'MC607',
      message: `found it with ${format === undefined ? 'no format' : `the format ${format}`}; expected --format html`,
      hint: 'Only an HTML page is for a browser. Add --format html, or leave --open out.',
      place: ['--open'],
    })
  }
  const ignored =
    code === undefined
      ? { '--format': format }
      : { '--design': design, '--client': client, '--threads': threads, '--interpreters': interpreters, '--rounds': rounds }
  for (const [option, value] of Object.entries(ignored)) {
    if (value === undefined) continue
    const message =
      code === undefined
        ? 'found it beside --state-graph, which has a format of its own'
        : 'found it beside a replay code, which says it already'
    throw refuse({ code: 'MC607', message, hint: 'Leave it out.', place: [option] })
  }
}

function graphOf(terminal: Terminal, { stateGraph, design, client, ...bounds }: ReportFlags, catalogs: Catalogs): string {
  if (stateGraph === undefined || client === undefined) {
    throw refuse({
      code: 'MC607',
      message: 'found nothing; expected the client whose states are drawn',
      hint: 'Add --client NAME.',
      place: ['--client'],
    })
  }
  noteReleases(terminal, [design])
  const { name, reading } = findReading(design ?? statusQuoReading, catalogs)
  return drawStates(
    { reading: name, policy: reading.policy, client: findClient(client, catalogs), bounds: boundsOf(bounds, usualBounds) },
    stateGraph,
  )
}

function render(cell: RebuiltCell, format: Format, catalogs: Catalogs): string {
  const { finding, system, trace } = cell
  switch (format) {
    case 'c':
      return renderCProgram(reproductionOf(finding, replayableCell(cell, catalogs), catalogs)).trimEnd()
    case 'html':
      return htmlReport(cell, catalogs).trimEnd()
    case 'itf':
      return stableJson(traceToItf(system, trace), 2)
    case 'mermaid': {
      const { promise, vocabulary } = contextOf(finding, catalogs)
      return finding.evidence === undefined ? '' : sequenceDiagram(tellTrace(finding.evidence, vocabulary), vocabulary, promise.violation)
    }
    case 'markdown':
    case 'text':
    case 'json':
      return renderFinding(finding, format, catalogs)
  }
}
