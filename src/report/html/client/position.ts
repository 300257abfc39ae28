/** Which moment is shown: 0 before the first step, n after step n. Tells its listeners of every move, and of nothing else. */
export class Position {
  readonly last: number
  #current = 0
  readonly #listeners: ((now: number, before: number) => void)[] = []

  constructor(last: number) {
    this.last = last
  }

  get current(): number {
    return this.#current
  }

  onMove(listener: (now: number, before: number) => void): void {
    this.#listeners.push(listener)
  }

  moveTo(moment: number): void {
    const to = Math.min(Math.max(Math.trunc(moment), 0), this.last)
    if (to === this.#current || Number.isNaN(to)) return
    const before = this.#current
    this.#current = to
    for (const listener of this.#listeners) listener(to, before)
  }
}
