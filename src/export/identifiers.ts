/** Longest part of a name that is taken over; the rest of a sentence adds nothing. */
const longest = 60

/**
 * Turns names of a model, which may be any text, into identifiers of another language: letters, digits and "_", a letter first and a small one
 * somewhere, none of the reserved words, no two that differ in case only. Order of asking decides who gets the plain name, so ask in order of
 * declaration. Nothing of the text but letters and digits survives: a name cannot inject code.
 */
export class Identifiers {
  readonly #taken: Set<string>
  readonly #given = new Map<string, string>()

  constructor(reserved: readonly string[]) {
    this.#taken = new Set(reserved.map((word) => word.toLowerCase()))
  }

  /** The identifier for a thing of some kind ("variable", "action"); the same one whenever it is asked for. */
  of(kind: string, text: string): string {
    const key = `${kind}\n${text}`
    const known = this.#given.get(key)
    if (known !== undefined) return known
    const plain = identifierFrom(text)
    let identifier = plain
    for (let again = 2; this.#taken.has(identifier.toLowerCase()); again++) identifier = `${plain}_${again}`
    this.#taken.add(identifier.toLowerCase())
    this.#given.set(key, identifier)
    return identifier
  }
}

/** Macros of the C that SPIN generates are in capitals: a name without a small letter gets some. */
function identifierFrom(text: string): string {
  const cleaned = text
    .replace(/[^A-Za-z0-9]+/g, '_')
    .slice(0, longest)
    .replace(/^_+|_+$/g, '')
  const started = /^[A-Za-z]/.test(cleaned) ? cleaned : `the_${cleaned}`.replace(/_$/, '')
  return /[a-z]/.test(started) ? started : `${started}_it`
}
