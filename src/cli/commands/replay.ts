import type { Command } from 'commander'
import { stableJson } from '../../foundation/stable-json.ts'
import { askable } from '../cells/catalogs.ts'
import { rebuildCell } from '../cells/rebuild-cell.ts'
import type { ExitStatus } from '../exit-status.ts'
import { exitStatus } from '../exit-status.ts'
import { count } from '../finding-lines.ts'
import { loadModule } from '../load-module.ts'
import { renderFinding } from '../render-finding.ts'
import type { Terminal } from '../terminal.ts'
import type { Finish } from './command.ts'

interface ReplayFlags {
  readonly module?: string
  readonly json?: boolean
}

const examples = `
Examples:
  $ gilproof replay gp1:status-quo.cpython-3.2:swig-callback-on-maker-thread:...
  $ gilproof replay --module ./my-design.ts gp1:my-design.plain:...

The code holds names, bounds, a digest of the model and the choices of the trace. Nothing is searched: each step is taken again by the
reference semantics, and the violation is looked for in the last one.

Exit status: 0 the trace shows the violation, 2 the code is damaged or belongs to another version of the model, 70 bug.`

export function replayCommand(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('replay')
    .summary('take the steps of a counterexample again')
    .description('Takes the steps of a counterexample again and confirms what it shows.')
    .argument('<code>', 'a replay code, as reports and checks print it')
    .option('--module <file>', 'the file that the design, client or promise of the code comes from')
    .option('--json', 'print one JSON document')
    .addHelpText('after', examples)
    .action(async (code: string, flags: ReplayFlags) => finish(await runReplay(terminal, code, flags)))
}

async function runReplay({ print, palette }: Terminal, code: string, { module, json }: ReplayFlags): Promise<ExitStatus> {
  const catalogs = askable(module === undefined ? undefined : await loadModule(module))
  const { finding, trace } = rebuildCell(code, catalogs)
  if (json === true) {
    print(stableJson({ confirmed: true, finding }, 2))
    return exitStatus.asExpected
  }
  print(renderFinding(finding, 'text', catalogs))
  print(palette.strong(`\nReplayed: ${count(trace.steps.length, 'step')}, and the last one violates ${finding.cell.property}.`))
  return exitStatus.asExpected
}
