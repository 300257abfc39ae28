/** One of several parts of a gate that run side by side, counted from 1. */
export interface Shard {
  readonly index: number
  readonly of: number
}

/** More would only start and end. */
const mostShards = 1_000

/** "2/5"; undefined for what is none. */
export function parseShard(text: string): Shard | undefined {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []
  const shard = { index: Number(index), of: Number(of) }
  return shard.index >= 1 && shard.index <= shard.of && shard.of <= mostShards ? shard : undefined
}

/**
 * What belongs to a shard: every n-th item. Neighbours are alike, so shards get equally much of everything, whoever asks and whatever is in
 * the cache.
 */
export function itemsOfShard<Item>(items: readonly Item[], shard: Shard | undefined): readonly Item[] {
  return shard === undefined ? items : items.filter((_, i) => i % shard.of === shard.index - 1)
}
