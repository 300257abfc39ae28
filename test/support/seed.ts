/**
 * The seed of every random test, fixed so that a run can be repeated. Another one: `GILPROOF_SEED=7 npm test`.
 *
 * Shape: a 32-bit integer. Throws on anything else: a mistyped seed must not silently become the default.
 */
export function randomSeed(): number {
  const asked = process.env['GILPROOF_SEED']
  if (asked === undefined) return 10915
  const seed = Number(asked)
  if (asked.trim() === '' || !Number.isInteger(seed) || seed !== (seed | 0)) {
    throw new Error(`GILPROOF_SEED is "${asked}"; expected a 32-bit integer, such as 10915.`)
  }
  return seed
}
