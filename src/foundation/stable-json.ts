import { configure } from 'safe-stable-stringify'

const stringify = configure({ deterministic: true, bigint: false, circularValue: Error, strict: true })

/**
 * Writes JSON with sorted keys, so that equal values give equal text: for goldens and digests.
 *
 * Throws on what JSON cannot say (circular values, bigint, functions, NaN, infinities; `undefined` at the top), instead of leaving it out.
 * A property that is `undefined` is left out, as in JSON.stringify. A Map or Set is written as `{}`: turn it into an array first.
 * Not for the inner loop.
 */
export function stableJson(value: unknown, indent = 0): string {
  const text = stringify(value, undefined, indent)
  if (text === undefined) throw new TypeError('undefined has no JSON')
  return text
}
