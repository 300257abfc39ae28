/** Which name of the model stands for which name of the libpython: found while comparing, and never changed once found. */
export class Renaming {
  readonly #there = new Map<string, string>()
  readonly #back = new Map<string, string>()

  copy(): Renaming {
    const copy = new Renaming()
    for (const [ours, theirs] of this.#there) copy.matches(ours, theirs)
    return copy
  }

  /** Whether the two may name the same thing; from now on they do. */
  matches(ours: string, theirs: string): boolean {
    const known = this.#there.get(ours)
    const knownBack = this.#back.get(theirs)
    if (known !== undefined || knownBack !== undefined) return known === theirs && knownBack === ours
    this.#there.set(ours, theirs)
    this.#back.set(theirs, ours)
    return true
  }

  theirs(ours: string): string | undefined {
    return this.#there.get(ours)
  }
}
