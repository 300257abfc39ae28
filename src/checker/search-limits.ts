import type { Diagnostic } from '../foundation/diagnostic.ts'

/** Where a search gives up; each is optional, and hitting one gives an undecided verdict. */
export interface SearchLimits {
  /** Distinct states stored. */
  readonly states?: number
  /** Steps from the initial state: states up to this depth are stored and every transition out of them is judged. */
  readonly depth?: number
  /** Bytes held by the store, copies made while it grows included. */
  readonly memory?: number
  /** Milliseconds by the clock that is passed in; looked at every few hundred states. */
  readonly time?: number
}

export const limitNames = ['states', 'depth', 'memory', 'time'] as const

/** State indices are 32-bit integers. */
export const mostStates = 2 ** 31 - 2

const units = { states: 'distinct states', depth: 'steps', memory: 'bytes', time: 'milliseconds' } as const

/** Everything wrong with the limits; `hasClock` tells whether there is a clock for a limit on time. */
export function validateLimits(limits: SearchLimits, options: { readonly hasClock: boolean }): readonly Diagnostic[] {
  const diagnostics = limitNames.flatMap((name): readonly Diagnostic[] => {
    const value = limits[name]
    return value === undefined ? [] : validateCount(value, `limit on ${name}`, units[name])
  })
  if (limits.states !== undefined && limits.states > mostStates) {
    diagnostics.push(badLimit('limit on states', `found ${limits.states}; the store holds at most ${mostStates}`))
  }
  if (limits.time !== undefined && !options.hasClock) {
    diagnostics.push(badLimit('limit on time', 'there is no clock to measure time with', 'Pass `now` as well.'))
  }
  return diagnostics
}

/** MC302 unless the value is a whole number of at least 1. */
export function validateCount(value: number, place: string, unit: string): readonly Diagnostic[] {
  if (Number.isSafeInteger(value) && value >= 1) return []
  return [badLimit(place, `found ${value}; expected a whole number of ${unit}, at least 1`, 'Leave it out for no limit.')]
}

export function badLimit(place: string, message: string, hint?: string): Diagnostic {
  return { code: 'MC302', message, place: [place], ...(hint === undefined ? {} : { hint }) }
}
