import { mostStatesInBatch, pageBytes } from '../compile/webassembly/print-search.ts'
import type { LinearMemory } from '../store/linear-memory.ts'
import { statesPerNote } from '../store/origins.ts'
import type { RoundControl } from './round-control.ts'
import { step } from './round-control.ts'

/** Larger than any store: whether there is room is asked after the states were proposed. */
const anyRoom = 2 ** 31 - 1

/** What one thread does in the steps of a round; `printProposals` says what these are. */
export class SearchThread {
  readonly #memory: LinearMemory
  readonly #control: RoundControl
  /** Parts that this thread proposed states for in this round: their entries are in a cache of its own. */
  #proposedHere: number[] = []

  constructor(memory: LinearMemory, control: RoundControl) {
    this.#memory = memory
    this.#control = control
  }

  /** Does parts of a step as long as there are any. */
  help(begun: number): void {
    const control = this.#control
    const [kind, parts] = [control.get('kind'), control.get('parts')]
    let isPrepared = false
    const attempt = (part: number): void => {
      if (!control.take(part, begun)) return
      if (!isPrepared) this.#prepare()
      isPrepared = true
      if (kind === step.propose) this.#propose(part)
      else if (kind === step.commit) this.#memory.exports.commit(part, control.proposed(part), control.index(part))
      else if (kind === step.clear) this.#clear(part, parts)
      else this.#memory.exports.enter(...shareOf(part, parts, control.get('size')))
      control.finish()
    }
    if (kind === step.commit) for (const part of this.#proposedHere) attempt(part)
    this.#proposedHere = []
    for (let part = 0; part < parts; part++) attempt(part)
  }

  /** What is the same for all parts of a step. */
  #prepare(): void {
    const { exports } = this.#memory
    const control = this.#control
    exports.size.value = control.get('size')
    exports.table.value = control.get('table')
    exports.table_end.value = control.get('tableEnd')
    exports.slots.value = BigInt(control.get('slots') >>> 0)
    exports.index_mask.value = control.get('indexMask')
    exports.known.value = control.get('known')
    exports.deadlock.value = control.get('deadlock')
    exports.premises.value = 0
    exports.logged.value = 0
    exports.room.value = anyRoom
    exports.batch_states.value = mostStatesInBatch
  }

  /** A trap, a finding, or too many proposals: the round fails, and another way says what is so. */
  #propose(part: number): void {
    const { exports } = this.#memory
    const control = this.#control
    exports.proposed.value = 0
    exports.transitions.value = 0
    if (control.get('hasFailed') === 0 && !this.#proposeFor(part)) control.set('hasFailed', 1)
    control.tell(part, exports.proposed.value, exports.transitions.value)
    control.addPremises(exports.premises.value)
    this.#proposedHere.push(part)
  }

  #proposeFor(part: number): boolean {
    const [first, last] = [this.#control.get('first'), this.#control.get('last')]
    const begin = first - (first % statesPerNote) + part * statesPerNote
    try {
      return this.#memory.exports.propose(Math.max(first, begin), Math.min(last, begin + statesPerNote), part) !== 0
    } catch {
      return false
    }
  }

  /** Addresses are 32-bit numbers, and the last may be 2^32. */
  #clear(part: number, parts: number): void {
    const [table, end] = [this.#control.get('table') >>> 0, this.#control.get('tableEnd') >>> 0 || 2 ** 32]
    const [from, to] = shareOf(part, parts, (end - table) / pageBytes)
    this.#memory.exports.clear((table + from * pageBytes) | 0, (table + to * pageBytes) | 0)
  }
}

/** Of so many things those that a part has, from the first up to one behind the last. */
function shareOf(part: number, parts: number, count: number): readonly [number, number] {
  return [Math.floor((count * part) / parts), Math.floor((count * (part + 1)) / parts)]
}
