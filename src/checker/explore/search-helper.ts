import { InternalError } from '../../foundation/diagnostic.ts'
import type { WebAssemblyMemory, WebAssemblyModule } from '../../foundation/web-assembly.ts'
import { webAssembly } from '../../foundation/web-assembly.ts'
import type { SearchPlaces } from '../compile/webassembly/print-search.ts'
import { attachToMemory } from '../store/linear-memory.ts'
import { RoundControl, step } from './round-control.ts'
import { SearchThread } from './search-thread.ts'

/** What a helping thread is given; all of it can be sent to one. */
export interface HelperTask {
  readonly module: WebAssemblyModule
  readonly memory: WebAssemblyMemory
  readonly places: SearchPlaces
  readonly control: SharedArrayBuffer
  readonly thread: number
  readonly threads: number
  readonly mostParts: number
}

/** How a check gets helping threads: the core knows no way to start one. */
export interface SearchHelpers {
  /** Besides the thread that the check runs on. */
  readonly count: number
  /** Fewer states of a layer than this one thread explores alone, as the others would wait longer than they help. Default: 512 for each thread. */
  readonly fewestStates?: number
  /** Starts a thread that calls `helpSearch` with the task; resolves once it does. */
  readonly start: (task: HelperTask) => Promise<void>
}

/** Takes part in the rounds of a search until it ends. `isReady` is called when it waits for the first. */
export function helpSearch(task: HelperTask, isReady: () => void): void {
  if (webAssembly === undefined) throw new InternalError('MC901', 'a thread of the search has no WebAssembly')
  const control = new RoundControl(task.control, task.threads, task.mostParts)
  const memory = attachToMemory(webAssembly, task.module, task.places, { memory: task.memory, thread: task.thread })
  const thread = new SearchThread(memory, control, task.thread)
  let begun = 0
  isReady()
  for (let next = control.awaitBegin(begun); next !== step.leave; next = control.awaitBegin(begun)) {
    begun = control.begun
    if (next === step.propose) thread.propose()
    else if (next === step.resolve) thread.resolve()
    else if (next === step.commit) thread.commit()
    else thread.rebuild()
    control.finish()
  }
}
