#!/usr/bin/env node
import { CommanderError } from 'commander'
import type { Diagnostic } from '../foundation/diagnostic.ts'
import { DiagnosticError, describeDiagnostic, InternalError } from '../foundation/diagnostic.ts'
import type { ExitStatus } from './exit-status.ts'
import { exitStatus } from './exit-status.ts'
import { packageVersion } from './package-file.ts'
import { createProgram } from './program.ts'
import type { Terminal } from './terminal.ts'
import { openTerminal } from './terminal.ts'

async function run(terminal: Terminal): Promise<ExitStatus> {
  let status: ExitStatus = exitStatus.asExpected
  try {
    const program = createProgram(terminal, packageVersion(), (finished) => {
      status = finished
    })
    if (process.argv.length <= 2) {
      program.outputHelp({ error: true })
      return exitStatus.badInput
    }
    await program.parseAsync()
    return status
  } catch (error) {
    return explain(error, terminal)
  }
}

/** The only place that catches. */
function explain(error: unknown, terminal: Terminal): ExitStatus {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitStatus.asExpected
    terminal.note(describeDiagnostic(badUsage(error)))
    return exitStatus.badInput
  }
  if (error instanceof DiagnosticError) {
    for (const diagnostic of error.diagnostics) terminal.note(describeDiagnostic(diagnostic))
    return exitStatus.badInput
  }
  const bug = error instanceof InternalError ? error : new InternalError('MC901', String(error), { cause: error })
  terminal.note(bug.message)
  terminal.note(String((error instanceof Error ? error.stack : undefined) ?? error))
  return exitStatus.bug
}

function badUsage({ message }: CommanderError): Diagnostic {
  const [found = '', ...more] = message.replace(/^error: /, '').split('\n')
  return { code: 'MC607', message: found, hint: [...more, 'Add --help for what there is.'].join(' '), place: [] }
}

/** A reader that has seen enough, such as "head", is no bug. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode)
  throw error
})

process.exitCode = await run(openTerminal())
