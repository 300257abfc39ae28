import { mostStatesInBatch, pageBytes } from '../compile/webassembly/print-search.ts'
import type { LinearMemory } from '../store/linear-memory.ts'
import { statesPerNote } from '../store/origins.ts'
import type { RoundControl } from './round-control.ts'

/** Larger than any store: whether there is room is asked before a round. */
const anyRoom = 2 ** 31 - 1

/** The part of one thread in the steps of a round; `printProposals` says what these are. */
export class SearchThread {
  readonly #memory: LinearMemory
  readonly #control: RoundControl
  readonly #thread: number

  constructor(memory: LinearMemory, control: RoundControl, thread: number) {
    this.#memory = memory
    this.#control = control
    this.#thread = thread
  }

  /** A trap, or too many proposals: the round fails, and another way says what is wrong. */
  propose(): void {
    const { exports } = this.#memory
    const control = this.#control
    exports.known.value = control.get('known')
    exports.deadlock.value = control.get('deadlock')
    exports.stops.value = control.get('stops')
    exports.premises.value = 0
    exports.logged.value = 0
    exports.transitions.value = 0
    exports.room.value = anyRoom
    exports.batch_states.value = mostStatesInBatch
    this.#findTable()
    for (let part = control.takePart(); part !== undefined; part = control.takePart()) {
      if (control.get('hasFailed') !== 0) continue
      const proposed = this.#proposeFor(part)
      control.setProposed(part, Math.max(0, proposed))
      if (proposed < 0) control.set('hasFailed', 1)
    }
    this.#report()
    if (exports.logged.value > 0 && control.get('stops') !== 0) control.set('hasFailed', 1)
  }

  resolve(): void {
    const control = this.#control
    const { exports } = this.#memory
    exports.size.value = control.get('size')
    const { from, to } = this.#pages()
    for (let part = 0; part < control.get('parts'); part++) {
      control.setFresh(this.#thread, part, exports.resolve(part, control.proposed(part), from | 0, to | 0))
    }
  }

  commit(): void {
    const control = this.#control
    for (let part = control.takePart(); part !== undefined; part = control.takePart()) {
      this.#memory.exports.commit(part, control.proposed(part), control.index(part))
    }
    this.#report()
  }

  rebuild(): void {
    this.#findTable()
    const { from, to } = this.#pages()
    this.#memory.exports.rebuild(this.#control.get('size'), from | 0, to | 0)
  }

  #proposeFor(part: number): number {
    const [first, last] = [this.#control.get('first'), this.#control.get('last')]
    const begin = first - (first % statesPerNote) + part * statesPerNote
    try {
      return this.#memory.exports.propose(Math.max(first, begin), Math.min(last, begin + statesPerNote), part)
    } catch {
      return -1
    }
  }

  /** The pages of the table that are this thread's, from the first slot to the last, as addresses. */
  #pages(): { readonly from: number; readonly to: number } {
    const [table, end] = [this.#control.get('table') >>> 0, this.#control.get('tableEnd') >>> 0 || 2 ** 32]
    const pages = (end - table) / pageBytes
    const share = (thread: number): number => table + Math.floor((pages * thread) / this.#control.threads) * pageBytes
    return { from: share(this.#thread), to: share(this.#thread + 1) - 4 }
  }

  #findTable(): void {
    const { exports } = this.#memory
    exports.table.value = this.#control.get('table')
    exports.table_end.value = this.#control.get('tableEnd')
    exports.slots.value = BigInt(this.#control.get('slots') >>> 0)
    exports.index_mask.value = this.#control.get('indexMask')
  }

  #report(): void {
    const { transitions, premises, logged } = this.#memory.exports
    this.#control.report(this.#thread, { transitions: transitions.value, premises: premises.value, logged: logged.value })
  }
}
