import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { InternalError } from './diagnostic.ts'

/** Random numbers handed in from outside: nothing in the toolkit draws its own. */
export interface RandomSource {
  /** Draws from 0 up to, not including, `limit`, every value equally likely. Throws unless `limit` is a safe integer of at least 1. */
  nextInteger(limit: number): number
}

/**
 * Starts the sequence that belongs to `seed`: the same seed gives the same numbers on every machine. Only the low 32 bits of the seed count.
 * Not for secrets.
 *
 * Source: xoroshiro128+ of Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021.
 */
export function createRandomSource(seed: number): RandomSource {
  const generator = xoroshiro128plus(seed)
  return {
    nextInteger(limit) {
      if (!Number.isSafeInteger(limit) || limit < 1) {
        throw new InternalError('MC901', `a random integer below ${limit} was asked for`)
      }
      return uniformInt(generator, 0, limit - 1)
    },
  }
}
