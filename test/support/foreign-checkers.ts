import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExportedFiles, ExportTarget } from '../../src/export/export-request.ts'
import { runEtfChecker } from './etf-checker.ts'
import type { ForeignResult } from './foreign-result.ts'
import { runTlaChecker } from './tla-checker.ts'

/** Targets whose checker is a program of the machine. */
export type InstalledTarget = Exclude<ExportTarget, 'tla' | 'etf'>

interface ForeignChecker {
  readonly program: string
  readonly package: string
  readonly fileName: string
  readonly count: RegExp
  readonly errors: RegExp
}

const checkers: Readonly<Record<InstalledTarget, ForeignChecker>> = {
  promela: {
    program: 'spin',
    package: 'spin',
    fileName: 'model.pml',
    count: /^\s*(\d+(?:\.\d+e\+\d+)?) states, stored/m,
    errors: /errors: (\d+)/,
  },
  murphi: {
    program: 'rumur',
    package: 'rumur',
    fileName: 'model.m',
    count: /^\s*(\d+) states, \d+ rules fired/m,
    errors: /(\d+) error\(s\) found/,
  },
}

/**
 * Runs another checker on an exported model: for TLA+ a package, for ETF a reader of our own that knows nothing of us, and otherwise the programs that
 * the header of the text names.
 */
export function runForeignChecker(target: ExportTarget, files: ExportedFiles): ForeignResult {
  if (target === 'tla') return runTlaChecker(files)
  if (target === 'etf') return runEtfChecker(files)
  const [text = ''] = files.values()
  return runInstalledChecker(target, text)
}

/**
 * Runs the commands that the header of an exported text gives, in a temporary folder, and reads the count. Throws where the checker is missing,
 * with what to install: a comparison that was not made must not pass.
 */
function runInstalledChecker(target: InstalledTarget, text: string): ForeignResult {
  const { program, package: name, fileName, count, errors } = checkers[target]
  const folder = mkdtempSync(join(tmpdir(), 'gilproof-export-'))
  const started = performance.now()
  try {
    writeFileSync(join(folder, fileName), text)
    let output = ''
    for (const asked of commandsOf(text)) {
      // Searches of SPIN that are small take less time than optimising; those of Rumur do not.
      const command = asked.replace('gcc -O1 -DSAFETY', 'gcc -O0 -DSAFETY')
      const { status, stdout, stderr, error } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 })
      if (status === 127) {
        throw new Error(`${program} or gcc is not installed, so nothing was compared. Install the Debian packages "${name}" and "gcc".`)
      }
      output = stdout + stderr + (error?.message ?? '')
      // SPIN ends with 0 also when it did not understand a word.
      if (/Error: |error: |syntax error/.test(output)) break
    }
    const states = count.exec(output)?.[1]
    if (states === undefined) throw new Error(`${program} did not count the states of the model:\n${output.slice(0, 4000)}`)
    const found = errors.exec(output)?.[1] ?? '0'
    const milliseconds = Math.round(performance.now() - started)
    return { states: Number(states), wentWrong: found !== '0' || /max search depth too small/.test(output), output, milliseconds }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The commands below "Run it:" in the header. */
function commandsOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.replace(/^(?: \*|--)/, ''))
  const first = lines.findIndex((line) => line.trim() === 'Run it:') + 1
  const commands: string[] = []
  for (const line of lines.slice(first)) {
    if (!line.startsWith('   ')) break
    commands.push(line.trim())
  }
  return commands
}
