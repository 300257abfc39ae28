import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { FoundCell } from '../../gate/found-cell.ts'
import { compareCells } from '../../gate/found-cell.ts'
import { runTasks } from '../cells/pool.ts'
import type { Task } from '../cells/task.ts'
import { describeDuration, now } from '../clock.ts'
import { count } from '../finding-lines.ts'
import { listenForInterruption } from '../interruption.ts'
import { showProgress } from '../progress.ts'
import type { Terminal } from '../terminal.ts'
import type { Budget } from './gate-flags.ts'
import type { GateTaskResult, GateWorkerData } from './gate-worker.ts'

export interface JudgingOptions extends GateWorkerData {
  readonly jobs: number
  readonly budget?: Budget
}

/** The file beside this one, as a source or compiled. */
const workerFile = new URL(`./gate-worker${import.meta.url.slice(-3)}`, import.meta.url)

/**
 * Judges all tasks on several threads; what the budget or an interruption leaves out is undecided. In the order of `compareCells`. What is
 * wrong with a file of the user throws its diagnostics.
 */
export async function judgeCells(terminal: Terminal, tasks: readonly Task[], options: JudgingOptions): Promise<readonly FoundCell[]> {
  const { jobs, budget, ...data } = options
  const started = now()
  const interruption = listenForInterruption(terminal)
  const spent = new AbortController()
  const timer = budget === undefined ? undefined : setTimeout(() => spent.abort(), budget.milliseconds)
  const progress = showProgress(terminal, tasks.length)
  let [done, states] = [0, 0]
  const onResult = (result: GateTaskResult): void => {
    done += 1
    states += result.kind === 'judged' ? result.states : 0
    progress.advance(done, states)
    if (result.kind === 'refused') spent.abort()
  }
  try {
    const results = await runTasks<GateTaskResult>(tasks, {
      jobs,
      signal: AbortSignal.any([interruption.signal, spent.signal]),
      onResult,
      worker: { file: workerFile, data: data satisfies GateWorkerData },
    })
    const refused = results.find((result) => result?.kind === 'refused')
    if (refused?.kind === 'refused') throw new DiagnosticError(refused.diagnostics)
    const reason = interruption.signal.aborted ? 'the run was interrupted' : `the budget of ${budget?.says ?? ''} was spent`
    const found = tasks.flatMap((task, i) => cellsOf(results[i]) ?? leftOut(task, reason))
    progress.end()
    tellRun(terminal, results, now() - started)
    return found.sort((left, right) => compareCells(left.cell, right.cell))
  } finally {
    clearTimeout(timer)
    progress.end()
    interruption.end()
  }
}

function cellsOf(result: GateTaskResult | undefined): readonly FoundCell[] | undefined {
  return result?.kind === 'judged' ? result.cells : undefined
}

function leftOut({ reading, client, bounds, promises }: Task, reason: string): readonly FoundCell[] {
  return promises.map((property) => ({ cell: { reading, client, property, bounds }, verdict: 'undecided', reason, isLeftOut: true }))
}

/** About the run itself: how much was known, and what the cache could not do. */
function tellRun({ note }: Terminal, results: readonly (GateTaskResult | undefined)[], milliseconds: number): void {
  const judged = results.flatMap((result) => (result?.kind === 'judged' ? [result] : []))
  const known = judged.filter(({ isFromCache }) => isFromCache).length
  const left = results.length - judged.length
  const parts = [`${judged.length - known} judged`, `${known} from the cache`, ...(left === 0 ? [] : [`${left} left out`])]
  note(`${count(results.length, 'search', 'searches')}: ${parts.join(', ')}; ${describeDuration(milliseconds)}`)
  const ignored = judged.reduce((sum, { troubles }) => sum + troubles.ignored, 0)
  if (ignored > 0) note(`${count(ignored, 'entry', 'entries')} of the cache could not be read or did not fit, and were ignored.`)
  const [trouble] = judged.flatMap(({ troubles }) => (troubles.cannotWrite === undefined ? [] : [troubles.cannotWrite]))
  if (trouble !== undefined) note(`The cache cannot be written, so nothing is kept: ${trouble}`)
}
