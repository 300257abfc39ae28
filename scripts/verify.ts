import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkConformance } from './check-conformance.ts'
import { countTests } from './count-tests.ts'

interface Check {
  readonly name: string
  readonly command: readonly [program: string, ...options: string[]]
}

/** Each counts as one. All of them run, also after a failure. The build comes first: tests may start the built program. */
const checks: readonly Check[] = [
  { name: 'build', command: ['npm', 'run', '--silent', 'build'] },
  { name: 'typecheck', command: ['npm', 'run', '--silent', 'typecheck'] },
  { name: 'lint', command: ['npm', 'run', '--silent', 'lint'] },
  { name: 'import law', command: ['npm', 'run', '--silent', 'import-law'] },
  { name: 'unused code and dependencies', command: ['npm', 'run', '--silent', 'unused'] },
  { name: 'reports are what prove writes', command: ['npm', 'run', '--silent', 'reports:check'] },
]

interface Count {
  readonly passed: number
  readonly failed: number
}

interface Finished {
  readonly ok: boolean
  readonly output: string
}

function run([program, ...options]: Check['command']): Finished {
  const { status, stdout, stderr, error } = spawnSync(program, options, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  return { ok: status === 0, output: [stdout, stderr, error?.message].filter(Boolean).join('\n') }
}

function runCheck({ name, command }: Check): Count {
  process.stdout.write(`${name} ... `)
  const { ok, output } = run(command)
  console.log(ok ? 'ok' : `FAILED\n${output}`)
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

function runTests(): Count {
  process.stdout.write('tests ... ')
  const folder = mkdtempSync(join(tmpdir(), 'gilproof-verify-'))
  try {
    const file = join(folder, 'tests.json')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const { ok, output } = run(['node_modules/.bin/vitest', 'run', ...reporters])
    const count = countTests(file, { ok })
    console.log(count.failed === 0 ? `ok (${count.passed})` : `FAILED\n${output}`)
    return count
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Fixed, so that the same commit gives the same answer. */
const seed = '10915'

/** Each Python of this machine counts as one. */
function runConformance(name: string, options: readonly string[]): Count {
  process.stdout.write(`${name} ... `)
  const { passed, failed, lines } = checkConformance(options)
  console.log(failed === 0 ? `ok (${passed})` : `FAILED\n${lines.join('\n')}`)
  return { passed, failed }
}

const counts = [
  ...checks.map(runCheck),
  runConformance('every Python agrees in 100 random schedules and those written by hand', ['--schedules', '100', '--seed', seed]),
  runTests(),
]
const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failed = counts.reduce((sum, count) => sum + count.failed, 0)
console.log(`\n${passed} passed, ${failed} failed`)
// Not 1, with which Node ends when this script itself breaks: ./verify must know whether the line above was printed.
process.exitCode = failed === 0 ? 0 : 3
