import type { Property } from '../../properties/language/property.ts'
import type { StateObservation } from '../compile/compiled-system.ts'
import { noAction } from '../store/state-store.ts'
import type { Limit } from '../verdict.ts'

/** When a search may end early; `end` is never. Whatever is not decided by then is undecided. */
export type StopAt = 'first-violation' | 'every-property-decided' | 'end'

/** Where a property was decided: in a state, or by an action out of it. */
export interface Finding {
  /** As the search numbers states. */
  readonly state: number
  /** `noAction` if the state itself is meant. */
  readonly action: number
}

/** The bit set of the properties about what can always be reached. */
export function canAlwaysReach(properties: readonly Property[]): number {
  return properties.reduce((set, { kind }, i) => (kind === 'can-always-reach' ? set | (1 << i) : set), 0)
}

/**
 * Judges states and transitions and keeps the first finding of each property: the one place that does, whatever the order of the search.
 * Sets of properties are bit sets, as in `CompiledSystem`.
 */
export class Findings {
  /** Violations, and goals reached. */
  found = 0
  premises = 0
  /** Properties of which a state alone tells nothing: a goal that it satisfies is no finding. */
  readonly ends: number
  readonly #findings: (Finding | undefined)[]
  readonly #deadlock: number
  readonly #goals: number
  readonly #all: number

  constructor(properties: readonly Property[]) {
    const bits = (isWanted: (property: Property) => boolean): number =>
      properties.reduce((set, property, i) => (isWanted(property) ? set | (1 << i) : set), 0)
    this.#findings = properties.map(() => undefined)
    this.#deadlock = bits(({ kind }) => kind === 'no-deadlock')
    this.#goals = bits(({ kind }) => kind === 'reachable')
    this.ends = canAlwaysReach(properties)
    this.#all = bits(() => true)
    this.premises = bits(({ premise }) => premise === undefined)
  }

  judgeState(observation: StateObservation, state: number): void {
    this.premises |= observation.premises
    const found = observation.found & ~this.ends
    if ((found & ~this.found) !== 0) this.#record(found, state, noAction)
  }

  /** For a state from which the goals of these properties cannot be reached; in the order of states. */
  judgeTrap(properties: number, state: number): void {
    if ((properties & ~this.found) !== 0) this.#record(properties, state, noAction)
  }

  judgeTransition(found: number, premises: number, state: number, action: number): void {
    this.premises |= premises
    if ((found & ~this.found) !== 0) this.#record(found, state, action)
  }

  /** For a state without successors. */
  judgeStop(isFinal: boolean, state: number): void {
    if (!isFinal && (this.#deadlock & ~this.found) !== 0) this.#record(this.#deadlock, state, noAction)
  }

  /** The reason to end the search now, if there is one. */
  reasonToStop(stopAt: StopAt): Limit | undefined {
    switch (stopAt) {
      case 'first-violation':
        return (this.found & ~this.#goals) !== 0 ? { kind: 'stopped', at: stopAt } : undefined
      case 'every-property-decided':
        return this.#all !== 0 && this.found === this.#all ? { kind: 'stopped', at: stopAt } : undefined
      case 'end':
        return undefined
    }
  }

  /** The first finding of a property, by its number. */
  of(property: number): Finding | undefined {
    return this.#findings[property]
  }

  hasPremise(property: number): boolean {
    return ((this.premises >>> property) & 1) === 1
  }

  #record(found: number, state: number, action: number): void {
    const fresh = found & ~this.found
    this.found |= fresh
    for (let property = 0; property < this.#findings.length; property++) {
      if (((fresh >>> property) & 1) === 1) this.#findings[property] = { state, action }
    }
  }
}
