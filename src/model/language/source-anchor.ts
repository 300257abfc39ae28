/** Where in CPython's source a piece of a model comes from, so that every modelled line can be looked up. */
export interface SourceAnchor {
  /** A released CPython version, such as "3.2", or "msg126364" for a proposal that was never code. */
  readonly version: string
  /** Path in CPython's repository, or "bpo-10915" for a message of the debate. */
  readonly file: string
  /** The C function, or the author of the message. */
  readonly symbol: string
}

/** Makes the anchor of one C function; apply it once per file: `const pystate = sourceFile('3.2', 'Python/pystate.c')`. */
export function sourceFile(version: string, file: string): (symbol: string) => SourceAnchor {
  return (symbol) => Object.freeze({ version, file, symbol })
}
