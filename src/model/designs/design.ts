import type { Policy } from '../cpython/policy.ts'

/** An API that somebody proposed, or released, with the ways its text can be read. */
export interface Design {
  /** kebab-case; unique: "pitrou". */
  readonly name: string
  readonly title: string
  /** Who, and where: "Antoine Pitrou, msg126333 and msg126335". */
  readonly by: string
  /** The proposal in a few sentences. */
  readonly says: string
  /** At most six coherent meanings of the text; the first is the nominal one, nearest to the letter. */
  readonly readings: readonly [Reading, ...Reading[]]
  /** Every other ambiguity of the text, varied one at a time from the nominal reading. */
  readonly variations: readonly Variation[]
  /** Readings that cannot be meant, with the reason. */
  readonly leftOut: readonly LeftOut[]
}

/** One coherent meaning of a design's text. */
export interface Reading {
  /** kebab-case; unique in the design: "old-pair-means-main". */
  readonly name: string
  readonly says: string
  /** How the design works where it matters, in one sentence: the middle of a report's story. */
  readonly story?: string
  readonly policy: Policy
}

export interface Variation extends Reading {
  /** The question the text leaves open. */
  readonly question: string
}

export interface LeftOut {
  readonly reading: string
  readonly because: string
}

/** A reading or a variation with its design: what a cell is judged on. */
export interface NamedReading {
  readonly design: Design
  readonly reading: Reading
  /** "pitrou.old-pair-means-main". */
  readonly name: string
  readonly isVariation: boolean
}

/** The readings of a design, then its variations. */
export function readingsOf(design: Design): readonly NamedReading[] {
  const named = (reading: Reading, isVariation: boolean): NamedReading => ({
    design,
    reading,
    name: `${design.name}.${reading.name}`,
    isVariation,
  })
  return [...design.readings.map((reading) => named(reading, false)), ...design.variations.map((reading) => named(reading, true))]
}
