import { createRandomSource } from '../../foundation/random-source.ts'

/** How many steps a random schedule is to have; it has fewer where the model finds no more to do. */
export interface LengthRange {
  readonly shortest: number
  readonly longest: number
}

/** Each choice of a schedule is a number up to this one. */
export const largestChoice = 99_999

/** The numbers that `scheduleFrom` turns into the schedules of a seed: for ever, and the same for the same seed on every machine. */
export function* drawNumbers(seed: number, { shortest, longest }: LengthRange): Generator<readonly number[], never> {
  const random = createRandomSource(seed)
  for (;;) {
    const length = shortest + random.nextInteger(longest - shortest + 1)
    yield Array.from({ length }, () => random.nextInteger(largestChoice + 1))
  }
}
