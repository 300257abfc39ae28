import type { Command } from 'commander'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import { stableJson } from '../../foundation/stable-json.ts'
import { explainCounterexample } from '../../judge/explain/explain.ts'
import { explanationText } from '../../report/explanation/explanation-text.ts'
import { capitalized } from '../../report/sentence.ts'
import { askable } from '../cells/catalogs.ts'
import { rebuildCell } from '../cells/rebuild-cell.ts'
import { now } from '../clock.ts'
import type { ExitStatus } from '../exit-status.ts'
import { exitStatus } from '../exit-status.ts'
import { listenForInterruption, pause } from '../interruption.ts'
import { loadModule } from '../load-module.ts'
import type { SearchFlags } from '../options/search-options.ts'
import { addLimitOptions, limitsOf } from '../options/search-options.ts'
import { contextOf } from '../render-finding.ts'
import type { Terminal } from '../terminal.ts'
import type { Finish } from './command.ts'

interface ExplainFlags extends Pick<SearchFlags, 'maxStates' | 'maxSeconds' | 'maxMemory'> {
  readonly module?: string
  readonly json?: boolean
}

/** Of each search for a simpler trace: enough for every shipped scenario with two threads, in seconds. */
const usualStates = 400_000

const examples = `
Examples:
  $ gilproof explain gp1:status-quo.cpython-3.2:mod-wsgi-pool:...
  $ gilproof explain CODE --json
  $ gilproof explain CODE --max-states 50000         look less far for a simpler trace
  $ gilproof explain --module ./my-design.ts gp1:my-design.plain:...

CODE is a replay code, as checks and reports print it. The trace is replayed and confirmed first, as by "gilproof replay", which numbers its
steps. Then it is told in three sentences, and:
  which steps matter     those that cannot be left out, and those whose effects are needed
  what prevents it       the step of another thread that would have had to wait, and what that thread had found
  who waits for whom     in a deadlock, from what each thread would do next
  a simpler trace        with the fewest threads and then the fewest context switches; each search stores ${usualStates.toLocaleString('en')} states at most

What is said is true of this schedule. Only a search can tell that a design prevents something.

Exit status: 0 explained, 2 the code is damaged or belongs to another version of the model, 3 a search for a simpler trace was cut short,
70 bug.`

export function explainCommand(program: Command, terminal: Terminal, finish: Finish): void {
  const command = program
    .command('explain')
    .summary('say why a counterexample shows what it shows')
    .description(
      'Explains a counterexample: which steps matter, what would have prevented it, who waits for whom, and whether fewer threads do.',
    )
    .argument('<code>', 'a replay code, as reports and checks print it')
    .option('--module <file>', 'the file that the design, client or promise of the code comes from')
    .option('--json', 'print one JSON document')
  addLimitOptions(command)
    .addHelpText('after', examples)
    .action(async (code: string, flags: ExplainFlags) => finish(await runExplain(terminal, code, flags)))
}

async function runExplain(terminal: Terminal, code: string, flags: ExplainFlags): Promise<ExitStatus> {
  const { module, json } = flags
  const catalogs = askable(module === undefined ? undefined : await loadModule(module))
  const cell = rebuildCell(code, catalogs)
  const interruption = listenForInterruption(terminal)
  const explained = await explainCounterexample(cell, contextOf(cell.finding, catalogs), {
    limits: { states: usualStates, ...limitsOf(flags) },
    now,
    pause,
    signal: interruption.signal,
    ...(terminal.isWatched ? { onSearch: (number) => terminal.note(`Looks for a simpler trace: search ${number}.`) } : {}),
  })
  interruption.end()
  if (!explained.ok) throw new DiagnosticError(explained.diagnostics)
  const { value: explanation } = explained
  if (json === true) terminal.print(stableJson(explanation, 2))
  else {
    for (const [i, { heading, lines }] of explanationText(explanation).entries()) {
      terminal.print(`${i === 0 ? '' : '\n'}${terminal.palette.strong(capitalized(heading))}`)
      for (const line of lines) terminal.print(line)
    }
  }
  const { otherTrace } = explanation
  return otherTrace.kind !== 'not-searched' && otherTrace.limits.length > 0 ? exitStatus.undecided : exitStatus.asExpected
}
