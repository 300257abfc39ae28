/**
 * A mistake of the model that shows only in a run: a value outside its domain, an index that is `none`. The checker turns it into a
 * diagnostic with the trace that leads there.
 */
export class ModelError extends Error {
  override readonly name = 'ModelError'
  readonly code: 'MC110' | 'MC111' | 'MC114' | 'MC115'
  /** Name of the action, or "a formula". */
  readonly place: string

  constructor(code: ModelError['code'], found: string, place: string, expected?: string) {
    super(expected === undefined ? found : `${found}; ${expected}`)
    this.code = code
    this.place = place
  }
}
