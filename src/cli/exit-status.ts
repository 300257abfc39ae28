/** What the program tells its caller; documented in --help, kept for ever. */
export const exitStatus = Object.freeze({
  /** Everything was decided, and is as expected. */
  asExpected: 0,
  /** A promise is violated, or a verdict is not the expected one. */
  violated: 1,
  /** Bad usage or bad input. */
  badInput: 2,
  /** A limit was hit, or the run was interrupted: never a pass. */
  undecided: 3,
  /** A bug in the toolkit. */
  bug: 70,
  /** Interrupted a second time, which ends the program at once: 128 and the number of SIGINT. */
  interruptedTwice: 130,
})

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus]

/** The graver of two: a violation outweighs what could not be decided. */
export function graver(left: ExitStatus, right: ExitStatus): ExitStatus {
  const order: readonly ExitStatus[] = [exitStatus.asExpected, exitStatus.undecided, exitStatus.violated]
  return order.indexOf(left) >= order.indexOf(right) ? left : right
}
