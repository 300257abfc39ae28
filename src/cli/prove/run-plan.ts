import type { Finding } from '../../report/finding.ts'
import { runTasks } from '../cells/pool.ts'
import type { Task, TaskResult } from '../cells/task.ts'
import { now } from '../clock.ts'
import { listenForInterruption } from '../interruption.ts'
import { showProgress } from '../progress.ts'
import type { Terminal } from '../terminal.ts'

/** What a run of many searches found, in the order of its tasks. */
export interface Run {
  readonly tasks: readonly Task[]
  /** Undefined where the run was interrupted first. */
  readonly results: readonly (TaskResult | undefined)[]
  readonly findings: readonly Finding[]
  readonly states: number
  readonly milliseconds: number
  readonly wasInterrupted: boolean
}

export async function runPlan(terminal: Terminal, tasks: readonly Task[], jobs: number): Promise<Run> {
  const started = now()
  const interruption = listenForInterruption(terminal)
  const progress = showProgress(terminal, tasks.length)
  let done = 0
  let seen = 0
  const onResult = (result: TaskResult): void => {
    done += 1
    seen += result.states
    progress.advance(done, seen)
  }
  try {
    const results = await runTasks(tasks, { jobs, signal: interruption.signal, onResult })
    const findings = results.flatMap((result) => result?.findings ?? [])
    return { tasks, results, findings, states: seen, milliseconds: now() - started, wasInterrupted: results.includes(undefined) }
  } finally {
    progress.end()
    interruption.end()
  }
}
