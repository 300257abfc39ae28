import type { Property } from '../../properties/language/property.ts'

/** A way to explore fewer states, with what it leaves true. */
export interface Reduction {
  readonly name: string
  /** Citation of the theorem that makes it sound, and of what the language guarantees of its premises. */
  readonly theorem: string
  /** Kinds of property whose verdict is the same with and without it. */
  readonly preserves: ReadonlySet<Property['kind']>
}
