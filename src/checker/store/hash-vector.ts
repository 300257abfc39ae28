/**
 * 32-bit hash of the `width` words at word `offset` of `vectors`: every bit of the vector changes every bit of the hash with about even odds.
 *
 * Source: Appleby, MurmurHash3_x86_32, with seed 0 and without the tail and the length, as the vectors of a store are
 * whole words and equally long.
 */
export function hashVector(vectors: Int32Array, offset: number, width: number): number {
  let hash = 0
  for (let i = 0; i < width; i++) {
    const mixed = Math.imul(vectors[offset + i] as number, 0xcc9e2d51)
    hash ^= Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593)
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
