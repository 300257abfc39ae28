import type { Diagnostic } from '../../foundation/diagnostic.ts'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { ErrorCode } from '../../foundation/error-codes.ts'

/** What an option that takes a whole number accepts. */
export interface CountRange {
  readonly smallest: number
  readonly largest: number
  readonly code?: ErrorCode
}

/** Makes a reader of whole numbers for one option, such as "--threads". */
export function countOption(option: string, { smallest, largest, code = 'MC607' }: CountRange): (text: string) => number {
  return (text) => {
    const value = /^-?\d+$/.test(text.trim()) ? Number(text) : Number.NaN
    if (value >= smallest && value <= largest) return value
    const message = `found "${text}"; expected a whole number from ${smallest} to ${largest}`
    const tooLarge = value > largest ? { hint: `The largest accepted is ${largest}.` } : {}
    throw refuse({ code, message, place: [option], ...tooLarge })
  }
}

/** The error for one wrong option. */
export function refuse(diagnostic: Diagnostic): DiagnosticError {
  return new DiagnosticError([diagnostic])
}
