import { spawnSync } from 'node:child_process'
import { availableParallelism, loadavg } from 'node:os'
import type { BenchOptions } from '../options.ts'
import type { About } from './results.ts'

/** Tools that must be there, how they say their version, and the Debian package that has them. */
const programs = [
  { command: ['spin', '-V'], package: 'spin' },
  { command: ['rumur', '--version'], package: 'rumur' },
  { command: ['gcc', '--version'], package: 'gcc' },
] as const

/** What a reader must know of the machine and of the run. Throws where a tool is missing. */
export function aboutThisRun({ rounds, seconds, bytes }: BenchOptions): About {
  return {
    processors: availableParallelism(),
    versions: [`Node ${process.version.slice(1)}`, ...programs.map(versionOf)],
    loadBefore: loadavg()[0] ?? Number.NaN,
    rounds,
    secondsPerSearch: seconds,
    bytesPerSearch: bytes,
  }
}

function versionOf({ command: [program, option], package: name }: (typeof programs)[number]): string {
  const { stdout, stderr, error } = spawnSync(program, [option], { encoding: 'utf8' })
  const [line = ''] = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n')
  if (error !== undefined || line === '') throw new Error(`${program} cannot be run. Install the Debian package "${name}".`)
  return line
}
