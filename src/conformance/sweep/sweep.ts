import type { LengthRange } from './draw-numbers.ts'
import { drawNumbers } from './draw-numbers.ts'
import type { Judged } from './judged.ts'
import { cutOff, signatureOf } from './judged.ts'
import type { Pairing } from './order.ts'
import type { SweepPool } from './pool.ts'
import { PoolClosed } from './pool.ts'

export interface SweepOptions {
  readonly schedules: number
  readonly length: LengthRange
  readonly seed: number
  /** Whether to run what disagrees again, to tell races. */
  readonly isSure: boolean
  /** Told after so many more schedules with so many steps in agreement. */
  readonly onProgress?: (schedules: number, steps: number) => void
}

/** What a sweep of random schedules found. */
export interface Sweep {
  /** In the order of the schedules. */
  readonly judged: readonly Judged[]
  /** Those that disagree and do not race, with their numbers. */
  readonly disagreeing: readonly Disagreeing[]
  /** Whether the pool was closed before all schedules had run. */
  readonly wasInterrupted: boolean
}

export interface Disagreeing {
  readonly judged: Judged
  readonly numbers: readonly number[]
  /** Position among the schedules of the seed, from 0. */
  readonly position: number
}

export interface Smallest {
  readonly judged: Judged
  /** Position among the schedules of the seed, from 0. */
  readonly position: number
  /** How many disagreements look alike. */
  readonly alike: number
}

/** Schedules that a thread is given at once: enough to keep it busy, few enough that all threads end together. */
const portion = 8
/** Kinds of disagreements of which a smallest schedule is looked for; the others are kept as they were found. */
const mostShrunk = 5

/**
 * Runs random schedules on a libpython and in the model. The same seed, length and model give the same schedules, whatever the number of
 * threads. Errors: those of `SweepPool.ask`, except that a pool closed half-way gives what was found until then.
 */
export async function sweep(pool: SweepPool, pairing: Pairing, options: SweepOptions): Promise<Sweep> {
  const source = drawNumbers(options.seed, options.length)
  const numbers = Array.from({ length: options.schedules }, () => source.next().value)
  const portions = Array.from({ length: Math.ceil(numbers.length / portion) }, (_, i) => numbers.slice(i * portion, (i + 1) * portion))
  const results = await Promise.all(
    portions.map((some) =>
      unlessClosed(async () => {
        const judged = await pool.ask({ pairing, order: { kind: 'random', numbers: some, isSure: options.isSure } })
        options.onProgress?.(
          judged.length,
          sumOf(judged, ({ steps }) => steps),
        )
        return judged
      }),
    ),
  )
  const judged = results.flatMap((some) => some ?? [])
  // After a gap, positions are not those in the list.
  const disagreeing = results.flatMap((some, i) =>
    (some ?? []).flatMap((one, j): readonly Disagreeing[] => {
      const position = i * portion + j
      return one.verdict === 'disagrees' ? [{ judged: one, numbers: numbers[position] ?? [], position }] : []
    }),
  )
  return { judged, disagreeing, wasInterrupted: results.includes(undefined) }
}

/**
 * One smallest schedule for each kind of disagreement, in the order in which they were found. Where the pool is closed meanwhile, or there are
 * too many kinds, a schedule is left as it was found.
 */
export async function smallestOfEachKind(
  pool: SweepPool,
  pairing: Pairing,
  disagreeing: readonly Disagreeing[],
): Promise<readonly Smallest[]> {
  const kinds = new Map<string, Disagreeing[]>()
  for (const one of disagreeing) {
    const signature = signatureOf(one.judged)
    kinds.set(signature, [...(kinds.get(signature) ?? []), one])
  }
  return Promise.all(
    [...kinds.values()].map(async (alike, i): Promise<Smallest> => {
      const shortest = alike.reduce((best, one) => (stepOf(one) < stepOf(best) ? one : best))
      const order = { kind: 'shrink', numbers: shortest.numbers } as const
      const shrunk = i < mostShrunk ? await unlessClosed(() => pool.ask({ pairing, order })) : undefined
      return { judged: shrunk?.[0] ?? cutOff(shortest.judged), position: shortest.position, alike: alike.length }
    }),
  )
}

function stepOf({ judged }: Disagreeing): number {
  return judged.disagreement?.step ?? 0
}

/** Undefined if the pool is closed first. */
async function unlessClosed<Value>(ask: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof PoolClosed) return undefined
    throw error
  }
}

export function sumOf(judged: readonly Judged[], count: (one: Judged) => number): number {
  return judged.reduce((sum, one) => sum + count(one), 0)
}
