import type { Command } from 'commander'
import { subjectAt } from '../../conformance/discover/subject-at.ts'
import { stableJson } from '../../foundation/stable-json.ts'
import { askable, findPromise } from '../cells/catalogs.ts'
import { rebuildCell } from '../cells/rebuild-cell.ts'
import type { ExitStatus } from '../exit-status.ts'
import { exitStatus } from '../exit-status.ts'
import { count } from '../finding-lines.ts'
import { collectModules, loadModules } from '../load-modules.ts'
import { renderFinding } from '../render-finding.ts'
import { printReplay, replayJson, replayOn, statusOf } from '../replay/on-python.ts'
import { replayableCell } from '../replay/replayable-cell.ts'
import type { Terminal } from '../terminal.ts'
import type { Finish } from './command.ts'

interface ReplayFlags {
  readonly module?: readonly string[]
  readonly json?: boolean
  readonly python?: string
}

const examples = `
Examples:
  $ gilproof replay gp1:status-quo.cpython-3.2:swig-callback-on-maker-thread:...
  $ gilproof replay --module ./my-design.ts gp1:my-design.plain:...
  $ gilproof replay gp1:status-quo.cpython-3.2:... --python /usr/bin/python3.11

The code holds names, bounds, a digest of the model and the choices of the trace. Nothing is searched: each step is taken again by the
reference semantics, and the violation is looked for in the last one.

With --python the calls of the trace are made on a real Python as well, one at a time, and compared step by step with what the model says;
only counterexamples on the status quo and on releases can be. "gilproof report CODE --format c" writes them as a C program.

Exit status: 0 the trace shows the violation, and the Python agrees and shows it too; 1 the Python differs; 2 the code is damaged or belongs to
another version of the model, or no Python has the design; 3 the Python agrees, but calls made one at a time cannot force what the trace shows;
70 bug.`

export function replayCommand(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('replay')
    .summary('take the steps of a counterexample again')
    .description('Takes the steps of a counterexample again and confirms what it shows.')
    .argument('<code>', 'a replay code, as reports and checks print it')
    .option('--module <file>', 'a file that the design, client or promise of the code comes from; may be repeated', collectModules)
    .option('--python <path>', 'make its calls on this Python too: an executable, a libpython, or the root of an unpacked system')
    .option('--json', 'print one JSON document')
    .addHelpText('after', examples)
    .action(async (code: string, flags: ReplayFlags) => finish(await runReplay(terminal, code, flags)))
}

async function runReplay(terminal: Terminal, code: string, { module, json, python }: ReplayFlags): Promise<ExitStatus> {
  const { print, palette } = terminal
  const catalogs = askable(await loadModules(module))
  const cell = rebuildCell(code, catalogs)
  const { finding, trace } = cell
  if (python !== undefined) {
    const replayable = replayableCell(cell, catalogs)
    const subject = await subjectAt(python)
    const replayed = await replayOn(subject, replayable)
    const told = { finding, subject, replayable, replayed, violation: findPromise(finding.cell.property, catalogs).violation }
    if (json === true) print(replayJson(told))
    else printReplay(terminal, told)
    return statusOf(replayed)
  }
  if (json === true) {
    print(stableJson({ confirmed: true, finding }, 2))
    return exitStatus.asExpected
  }
  print(renderFinding(finding, 'text', catalogs))
  print(palette.strong(`\nReplayed: ${count(trace.steps.length, 'step')}, and the last one violates ${finding.cell.property}.`))
  return exitStatus.asExpected
}
