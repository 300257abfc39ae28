/** In place of a run: none. */
export const noRun = -1

const bytesPerRun = 24

/**
 * Runs of a layered search. A run is a state with the process that acted last; of all action sequences of least length that lead there it
 * stands for the one with the fewest context switches, and among those for the first in the order of arrival.
 *
 *     run = state * processes + process
 *     switches[run]          1 + number of context switches; 0 if nothing arrived
 *     from[run], action[run] the last step
 *     position[run]          place in the list of its layer; entries of the list that were overtaken point elsewhere
 */
export class RunTable {
  readonly #processes: number
  #capacity = 64
  #switches: Int32Array
  #from: Int32Array
  #action: Int32Array
  #position: Int32Array
  #layer: number[] = []
  #nextLayer: number[] = []
  #visited = 0

  constructor(processes: number) {
    this.#processes = Math.max(1, processes)
    const runs = this.#capacity * this.#processes
    this.#switches = new Int32Array(runs)
    this.#from = new Int32Array(runs)
    this.#action = new Int32Array(runs)
    this.#position = new Int32Array(runs)
  }

  /** Bytes held for so many states, about: the lists of runs are counted as full. */
  bytesFor(states: number): number {
    return states * this.#processes * bytesPerRun
  }

  runOf(state: number, process: number): number {
    return state * this.#processes + process
  }

  stateOf(run: number): number {
    return Math.floor(run / this.#processes)
  }

  processOf(run: number): number {
    return run % this.#processes
  }

  switchesOf(run: number): number {
    return (this.#switches[run] as number) - 1
  }

  /** Notes one more way to get to a run of the next layer; kept if it is the first, or has fewer context switches. */
  arrive(run: number, from: number, action: number, switches: number): void {
    this.#reserve(this.stateOf(run) + 1)
    const known = this.#switches[run] as number
    if (known !== 0 && known <= switches + 1) return
    this.#switches[run] = switches + 1
    this.#from[run] = from
    this.#action[run] = action
    this.#position[run] = this.#nextLayer.length
    this.#nextLayer.push(run)
  }

  /** Goes on to the next layer; false if it is empty. */
  startLayer(): boolean {
    this.#layer = this.arrived()
    this.#nextLayer = []
    this.#visited = 0
    return this.#layer.length > 0
  }

  /** The next run of this layer, or `noRun`. */
  next(): number {
    return this.#layer[this.#visited++] ?? noRun
  }

  /** Runs of the next layer, in order of their actions. */
  arrived(): number[] {
    return this.#nextLayer.filter((run, position) => this.#position[run] === position)
  }

  actionsTo(run: number): number[] {
    const actions: number[] = []
    for (let at = run; this.#from[at] !== noRun; at = this.#from[at] as number) actions.push(this.#action[at] as number)
    return actions.reverse()
  }

  #reserve(states: number): void {
    if (states <= this.#capacity) return
    while (this.#capacity < states) this.#capacity *= 2
    const runs = this.#capacity * this.#processes
    this.#switches = enlarged(this.#switches, runs)
    this.#from = enlarged(this.#from, runs)
    this.#action = enlarged(this.#action, runs)
    this.#position = enlarged(this.#position, runs)
  }
}

function enlarged(array: Int32Array, length: number): Int32Array {
  const larger = new Int32Array(length)
  larger.set(array)
  return larger
}
