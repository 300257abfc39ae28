import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Budget } from './tool.ts'

export interface Finished {
  readonly status: number
  /** What it printed, standard error after standard output. */
  readonly output: string
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakBytes: number
}

/** No budget to speak of: for preparations. */
export const unlimited: Budget = { seconds: 3600, bytes: Number.POSITIVE_INFINITY }

/**
 * Runs a command to its end, or kills it with all that it started when its time is up (undefined). GNU time asks the kernel what it took
 * (getrusage). Address space is bounded, so a process that wants too much memory fails instead of taking it from everybody.
 */
export function runMeasured(command: readonly string[], folder: string, budget: Budget): Promise<Finished | undefined> {
  const usageFile = join(folder, 'usage.txt')
  const bound = Number.isFinite(budget.bytes) ? `ulimit -v ${Math.ceil(budget.bytes / 1024)}; ` : ''
  const shell = ['sh', '-c', `${bound}exec "$@"`, 'sh', ...command]
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint()
    // Its own process group: what it started ends with it.
    const child = spawn('/usr/bin/time', ['--quiet', '--format', '%U %S %M', '--output', usageFile, ...shell], {
      cwd: folder,
      detached: true,
    })
    let isOutOfTime = false
    const timer = setTimeout(() => {
      isOutOfTime = true
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    }, budget.seconds * 1000)
    const outputs = [child.stdout, child.stderr].map((stream) => {
      const chunks: string[] = []
      stream.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk))
      return chunks
    })
    child.on('error', (error) => reject(new Error(`GNU time cannot be run: ${error.message}. Install the Debian package "time".`)))
    child.on('close', (status) => {
      clearTimeout(timer)
      const seconds = Number(process.hrtime.bigint() - started) / 1e9
      if (isOutOfTime) return resolve(undefined)
      resolve({ status: status ?? -1, output: outputs.flat().join(''), seconds, ...usageIn(readFileSync(usageFile, 'utf8')) })
    })
  })
}

/** As `runMeasured`, for a command that must succeed. */
export async function runToSuccess(command: readonly string[], folder: string): Promise<Finished> {
  const finished = await runMeasured(command, folder, unlimited)
  if (finished?.status === 0) return finished
  const end = finished === undefined ? 'did not end within an hour' : `ended with ${finished.status}:\n${finished.output.slice(0, 4000)}`
  throw new Error(`"${command.join(' ')}" ${end}`)
}

function usageIn(text: string): { readonly cpuSeconds: number; readonly peakBytes: number } {
  // A line before says when a command was ended by a signal.
  const [user = Number.NaN, system = Number.NaN, kilobytes = Number.NaN] = (text.trim().split('\n').at(-1) ?? '').split(' ').map(Number)
  return { cpuSeconds: user + system, peakBytes: kilobytes * 1024 }
}
