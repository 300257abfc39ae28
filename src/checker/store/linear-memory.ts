import type { SharedValue, WebAssemblyInterface, WebAssemblyMemory, WebAssemblyModule } from '../../foundation/web-assembly.ts'
import type { SearchPlaces } from '../compile/webassembly/print-search.ts'

/** A WebAssembly page, in bytes, and how many pages 32-bit addresses reach. */
const bytesOfPage = 2 ** 16
const mostPages = 2 ** 16
const fewestPages = 2 ** 6

/** What `printSearch` exports; its comments say what each is for. */
export interface SearchExports {
  readonly size: SharedValue<number>
  readonly room: SharedValue<number>
  readonly table: SharedValue<number>
  readonly table_end: SharedValue<number>
  readonly slots: SharedValue<bigint>
  readonly index_mask: SharedValue<number>
  readonly premises: SharedValue<number>
  readonly known: SharedValue<number>
  readonly deadlock: SharedValue<number>
  readonly stops: SharedValue<number>
  readonly logged: SharedValue<number>
  readonly transitions: SharedValue<number>
  readonly batch_states: SharedValue<number>
  readonly batch_first: SharedValue<number>
  readonly transitions_before: SharedValue<number>
  readonly size_before: SharedValue<number>
  readonly premises_before: SharedValue<number>
  readonly known_before: SharedValue<number>
  readonly logged_before: SharedValue<number>
  readonly find: (vector: number) => number
  readonly append: () => void
  readonly remove_last: () => void
  readonly clear: (from: number, to: number) => void
  readonly enter: (first: number, last: number) => void
  readonly expand: (first: number, last: number) => number
  readonly end: SharedValue<number>
  /** Only in a module for several threads; `printProposals` says what they do. */
  readonly proposed: SharedValue<number>
  readonly propose: (first: number, last: number, part: number) => number
  readonly gave_way: (part: number) => number
  readonly commit: (part: number, count: number, index: number) => void
  readonly withdraw: (part: number, count: number) => void
}

/** A running instance of a module that explores a system, with its memory. */
export interface LinearMemory {
  readonly exports: SearchExports
  readonly places: SearchPlaces
  readonly memory: WebAssemblyMemory
  /** All of it, as 32-bit words. */
  readonly words: Int32Array
  readonly bytes: number
}

/**
 * Reserves the address space that a search of at most so many bytes may need: pages that are never touched cost nothing, so it need not grow, nor
 * move what is in it. Less where the system will not give as much; undefined where it gives hardly any.
 */
export function createLinearMemory(
  webAssembly: WebAssemblyInterface,
  module: WebAssemblyModule,
  places: SearchPlaces,
  { mostBytes, shared }: { readonly mostBytes: number; readonly shared: boolean },
): LinearMemory | undefined {
  const memory = reserveMemory(webAssembly, Math.ceil((places.vectors + mostBytes) / bytesOfPage), shared)
  return memory === undefined ? undefined : attachToMemory(webAssembly, module, places, { memory, thread: 0 })
}

/** A thread's own instance on a memory that there is. */
export function attachToMemory(
  webAssembly: WebAssemblyInterface,
  module: WebAssemblyModule,
  places: SearchPlaces,
  { memory, thread }: { readonly memory: WebAssemblyMemory; readonly thread: number },
): LinearMemory {
  const own = places.ownBegin + thread * places.ownBytes
  const instance = new webAssembly.Instance(module, { search: { memory, own, scratch: own + places.scratch } })
  const exports = instance.exports as unknown as SearchExports
  return { exports, places, memory, words: new Int32Array(memory.buffer), bytes: memory.buffer.byteLength }
}

/** So many pages or, if the system refuses that many, as many as it gives. */
export function reserveMemory(webAssembly: WebAssemblyInterface, pages: number, shared: boolean): WebAssemblyMemory | undefined {
  for (let asked = Math.min(pages, mostPages); asked >= Math.min(pages, fewestPages); asked = Math.floor(asked / 2)) {
    try {
      return new webAssembly.Memory({ initial: asked, maximum: mostPages, shared })
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  }
  return undefined
}
