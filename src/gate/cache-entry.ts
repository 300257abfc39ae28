import { z } from 'zod'
import { digestOf } from '../foundation/digest.ts'
import { stableJson } from '../foundation/stable-json.ts'

/** The verdicts of one search, all of them decided. What was not is never kept: it is tried again. */
export interface CacheEntry {
  /** Digest of everything the verdicts depend on. */
  readonly key: string
  /** The code that found them: see `codeDigests`. */
  readonly engine: string
  readonly verdicts: Readonly<Record<string, CachedVerdict>>
}

export type CachedVerdict =
  | { readonly status: 'safe' | 'never-exercised' }
  | { readonly status: 'violated'; readonly replayCode: string; readonly isShortest: boolean; readonly fingerprint: string }

const schema = z.strictObject({
  key: z.string(),
  engine: z.string(),
  verdicts: z.record(
    z.string(),
    z.union([
      z.strictObject({ status: z.enum(['safe', 'never-exercised']) }),
      z.strictObject({ status: z.literal('violated'), replayCode: z.string(), isShortest: z.boolean(), fingerprint: z.string() }),
    ]),
  ),
})

/** An entry as its file: the digest of the second line, then the entry in one line. */
export function entryText(entry: CacheEntry): string {
  const body = stableJson(entry)
  return `${digestOf(body)}\n${body}\n`
}

/** The entry of a file; undefined unless it is whole, of this key and of this engine. */
export function readEntry(text: string, { key, engine }: Pick<CacheEntry, 'key' | 'engine'>): CacheEntry | undefined {
  const [digest, body, end, ...more] = text.split('\n')
  if (body === undefined || end !== '' || more.length > 0 || digestOf(body) !== digest) return undefined
  try {
    const entry = schema.safeParse(JSON.parse(body))
    return entry.success && entry.data.key === key && entry.data.engine === engine ? entry.data : undefined
  } catch {
    return undefined
  }
}
