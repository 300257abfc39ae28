import { spawnSync } from 'node:child_process'

/** The part of what `conform --json` prints that is counted. */
interface ConformDocument {
  readonly wasInterrupted: boolean
  readonly subjects: readonly {
    readonly subject: { readonly name: string }
    readonly schedules: number
    readonly races: readonly unknown[]
    readonly disagreements: readonly { readonly found: string; readonly file?: string; readonly differences?: readonly Difference[] }[]
  }[]
}

interface Difference {
  readonly what: string
  readonly expected: string
  readonly seen: string
}

export interface ConformanceCount {
  readonly passed: number
  readonly failed: number
  /** One line for each disagreement, or why nothing could be compared. */
  readonly lines: readonly string[]
}

/** Milliseconds for all Pythons of this machine together. */
const limit = 300_000

/** Compares the model with every Python of this machine: each counts as one, and none at all as a failure. */
export function checkConformance(options: readonly string[]): ConformanceCount {
  const command = ['dist/src/cli/main.js', 'conform', '--json', ...options]
  const { stdout, stderr } = spawnSync(process.execPath, command, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: limit,
    killSignal: 'SIGINT',
  })
  return countConformance(stdout, stderr)
}

/** Counts what a run of `conform --json` printed; what it wrote to stderr says why there is nothing. */
export function countConformance(stdout: string, stderr: string): ConformanceCount {
  if (stdout === '') return { passed: 0, failed: 1, lines: [stderr] }
  const { subjects, wasInterrupted } = JSON.parse(stdout) as ConformDocument
  const lines = subjects.flatMap(({ subject, disagreements }) =>
    disagreements.map(({ found, file, differences = [] }) => {
      const told = differences.map(({ what, expected, seen }) => `${what}: the model says ${expected}; seen: ${seen}`).join('; ')
      return `${subject.name}: ${found}: ${told}${file === undefined ? '' : ` (gilproof conform --replay ${file})`}`
    }),
  )
  const failed = subjects.filter(({ disagreements }) => disagreements.length > 0).length
  const unfinished = wasInterrupted ? [`Not finished within ${limit / 1000} s.`] : []
  return { passed: subjects.length - failed, failed: failed + unfinished.length, lines: [...lines, ...unfinished] }
}
