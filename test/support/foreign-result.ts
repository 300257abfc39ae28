/** What another checker says of a model. */
export interface ForeignResult {
  readonly states: number
  /** Whether it found anything wrong. */
  readonly wentWrong: boolean
  readonly output: string
  readonly milliseconds: number
}
