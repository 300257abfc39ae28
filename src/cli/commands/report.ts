import { type Command, Option } from 'commander'
import { traceToItf } from '../../checker/trace/itf.ts'
import { stableJson } from '../../foundation/stable-json.ts'
import { vocabulary } from '../../judge/report-input.ts'
import { sequenceDiagram } from '../../report/sequence-diagram.ts'
import { tellTrace } from '../../report/told-trace.ts'
import { askable, type Catalogs, findPromise } from '../cells/catalogs.ts'
import { rebuildCell, type RebuiltCell } from '../cells/rebuild-cell.ts'
import { type ExitStatus, exitStatus } from '../exit-status.ts'
import { loadModule } from '../load-module.ts'
import { renderFinding } from '../render-finding.ts'
import type { Terminal } from '../terminal.ts'
import { writeOneFile } from '../write-files.ts'
import type { Finish } from './command.ts'

const formats = ['markdown', 'text', 'json', 'itf', 'mermaid'] as const
type Format = (typeof formats)[number]

interface ReportFlags {
  readonly format: Format
  readonly module?: string
  readonly out?: string
}

const examples = `
Examples:
  $ gilproof report CODE --format markdown --out deadlock.md
  $ gilproof report CODE --format itf > trace.itf.json       for trace viewers, as Apalache writes it
  $ gilproof report CODE --format mermaid                    a sequence diagram

CODE is a replay code, as checks and reports print it. The trace is replayed and confirmed first, as by "gilproof replay".`

export function reportCommand(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('report')
    .summary('write a counterexample down in some format')
    .description('Replays a counterexample and writes it down.')
    .argument('<code>', 'a replay code')
    .addOption(new Option('--format <name>', 'how').choices(formats).default('markdown'))
    .option('--out <file>', 'write a file, whole or not at all; usual: print')
    .option('--module <file>', 'the file that the design, client or promise of the code comes from')
    .addHelpText('after', examples)
    .action(async (code: string, flags: ReportFlags) => finish(await runReport(terminal, code, flags)))
}

async function runReport({ print }: Terminal, code: string, { format, module, out }: ReportFlags): Promise<ExitStatus> {
  const catalogs = askable(module === undefined ? undefined : await loadModule(module))
  const text = render(rebuildCell(code, catalogs), format, catalogs)
  if (out === undefined) print(text)
  else await writeOneFile(out, `${text}\n`)
  return exitStatus.asExpected
}

function render({ finding, system, trace }: RebuiltCell, format: Format, catalogs: Catalogs): string {
  switch (format) {
    case 'itf':
      return stableJson(traceToItf(system, trace), 2)
    case 'mermaid': {
      const { violation } = findPromise(finding.cell.property, catalogs)
      return finding.evidence === undefined ? '' : sequenceDiagram(tellTrace(finding.evidence, vocabulary), vocabulary, violation)
    }
    case 'markdown':
    case 'text':
    case 'json':
      return renderFinding(finding, format, catalogs)
  }
}
