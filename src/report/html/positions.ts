/** A list in which equal things, by their JSON, stand once. */
export class Positions<Thing> {
  readonly all: Thing[] = []
  readonly #known = new Map<string, number>()

  of(thing: Thing): number {
    const text = JSON.stringify(thing)
    const known = this.#known.get(text)
    if (known !== undefined) return known
    this.#known.set(text, this.all.length)
    this.all.push(thing)
    return this.all.length - 1
  }
}
