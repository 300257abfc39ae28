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
  /** From 1 on: the first thread is the one that the check runs on. */
  readonly thread: number
  readonly mostParts: number
}

/** How a check gets helping threads: the core knows no way to start one. */
export interface SearchHelpers {
  /** Besides the thread that the check runs on. */
  readonly count: number
  /** Fewer states of a layer than this one thread explores alone, as the others would wait longer than they help. Default: 512 for each thread. */
  readonly fewestStates?: number
  /** Whether a search waits until they are there, rather than going on alone for so long: then it is sure that they help. */
  readonly areAwaited?: boolean
  /** Called when a search begins that may need them, and not waited for: a good time to start threads. */
  readonly prepare?: () => Promise<void>
  /** Has a thread call `helpSearch` with the task; resolves once it does. */
  readonly start: (task: HelperTask) => Promise<void>
}

/** Takes part in the rounds of a search until it ends. `isReady` is called when it waits for the first. */
export function helpSearch(task: HelperTask, isReady: () => void): void {
  if (webAssembly === undefined) throw new InternalError('MC901', 'a thread of the search has no WebAssembly')
  const control = new RoundControl(task.control, task.mostParts)
  const memory = attachToMemory(webAssembly, task.module, task.places, { memory: task.memory, thread: task.thread })
  const thread = new SearchThread(memory, control)
  control.addReady()
  isReady()
  for (let begun = control.awaitBegin(0); control.get('kind') !== step.leave; begun = control.awaitBegin(begun)) thread.help(begun)
}
