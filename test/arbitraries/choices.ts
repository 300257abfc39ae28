import fc from 'fast-check'

/** Numbers that a random thing is decoded from. More than a system of the usual size takes. */
const length = 400

/**
 * A stream of decisions. Whatever is decoded from it shrinks without further ado: fast-check makes numbers smaller, and 0 is always the first,
 * so the simplest, alternative. When the numbers are used up, every decision is 0.
 */
export class Choices {
  readonly #numbers: readonly number[]
  #position = 0

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers
  }

  /** An integer from 0 up to, not including, `limit`. */
  below(limit: number): number {
    return (this.#numbers[this.#position++] ?? 0) % limit
  }

  /** One of the items; the first should be the simplest. Throws a RangeError when there is none. */
  oneOf<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('there is nothing to choose from')
    return items[this.below(items.length)] as T
  }

  /** True in about so many of a hundred cases, never when shrunk to 0. */
  chance(percent: number): boolean {
    return this.below(100) >= 100 - percent
  }
}

/** An arbitrary of whatever `decode` makes of random decisions. */
export function decoded<T>(decode: (choices: Choices) => T): fc.Arbitrary<T> {
  // Without the usual bias to small numbers: it would make every other system trivial.
  return fc.noBias(fc.array(fc.nat(9_999_999), { minLength: length, maxLength: length })).map((numbers) => decode(new Choices(numbers)))
}
