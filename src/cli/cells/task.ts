import type { SearchLimits } from '../../checker/search-limits.ts'
import type { Diagnostic } from '../../foundation/diagnostic.ts'
import type { Bounds } from '../../model/cpython/bounds.ts'
import type { Finding } from '../../report/finding.ts'

/** One search: a client on a reading, all these promises at once. Plain data, so that it can be sent to another thread. */
export interface Task {
  readonly reading: string
  readonly client: string
  readonly bounds: Bounds
  readonly promises: readonly string[]
  readonly limits: SearchLimits
  /** `shortest`: a shortest trace for each violation. `none`: the verdict alone, many times faster in large bounds. */
  readonly evidence: 'shortest' | 'none'
  /** Replay codes of earlier shortest traces, by promise. */
  readonly earlier: readonly (readonly [promise: string, code: string])[]
}

/** What became of a task; plain data as well. */
export interface TaskResult {
  readonly findings: readonly Finding[]
  /** Digest of the unmerged model; only of tasks without evidence, whose replay codes would carry it. */
  readonly digest?: string
  /** The model of a catalog went wrong: its cells are undecided, and this says why. */
  readonly diagnostics: readonly Diagnostic[]
  /** States searched; none where the same model was judged before. */
  readonly states: number
}

/** Names a search: the same for tasks that look at the same reachable states. */
export function searchKey({ reading, client, bounds }: Pick<Task, 'reading' | 'client' | 'bounds'>): string {
  return `${reading}\n${client}\n${bounds.threads}.${bounds.interpreters}.${bounds.rounds}`
}

/** What a thread is sent. */
export interface Order {
  readonly task: Task
  /** Forget the models judged so far: what is remembered must not depend on who got which task. */
  readonly beginsGroup: boolean
}
