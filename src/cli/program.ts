import { Command } from 'commander'
import { checkCommand } from './commands/check.ts'
import type { Finish } from './commands/command.ts'
import { compareCommand } from './commands/compare.ts'
import { conformCommand } from './commands/conform.ts'
import { explainCommand } from './commands/explain.ts'
import { exportCommand } from './commands/export.ts'
import { gateCommand } from './commands/gate.ts'
import { listCommand } from './commands/list.ts'
import { proveCommand } from './commands/prove.ts'
import { replayCommand } from './commands/replay.ts'
import { reportCommand } from './commands/report.ts'
import type { Terminal } from './terminal.ts'

const examples = `
Examples:
  $ gilproof prove                                   judge everything, write reports/
  $ gilproof check --design coghlan --client mod-wsgi-pool
  $ gilproof check ./my-design.ts                    judge a design of your own
  $ gilproof compare status-quo coghlan              where two readings differ
  $ gilproof explain CODE                            why a counterexample shows what it shows
  $ gilproof export --to promela --client mod-wsgi-pool   a model for SPIN; also for Rumur and TLC
  $ gilproof gate                                    are the verdicts those kept in this repository?
  $ gilproof conform                                 compare the model with the Pythons of this machine
  $ gilproof list clients                            what there is

"gilproof COMMAND --help" has more. Exit status: 0 as expected, 1 violated or not as expected, 2 bad usage or input, 3 undecided (never a
pass), 70 bug.`

/** The whole command line; it ends nothing by itself, `finish` is told the status. */
export function createProgram(terminal: Terminal, version: string, finish: Finish): Command {
  const program = new Command('gilproof')
    .description(
      "Judges designs of CPython's thread-state API: visits every interleaving of client programs, and tells which promises hold.",
    )
    .version(version, '-V, --version', 'print the version')
    .showSuggestionAfterError()
    .addHelpText('after', examples)
    .exitOverride()
    // What is wrong is told in one place, by main.ts.
    .configureOutput({ writeOut: (text) => terminal.print(text.trimEnd()), writeErr: terminal.note, outputError: () => undefined })
  for (const add of [
    proveCommand,
    checkCommand,
    compareCommand,
    replayCommand,
    explainCommand,
    reportCommand,
    exportCommand,
    gateCommand,
    conformCommand,
    listCommand,
  ])
    add(program, terminal, finish)
  for (const command of program.commands) {
    command.exitOverride()
    command.copyInheritedSettings(program)
  }
  return program
}
