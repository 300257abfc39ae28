import { describe, expect, it } from 'vitest'
import { DiagnosticError, describeDiagnostic, InternalError } from '../../src/foundation/diagnostic.ts'

describe('a diagnostic', () => {
  it('is told with its code, its place and its hint', () => {
    const text = describeDiagnostic({
      code: 'MC101',
      message: 'there is no variable "holdr".',
      hint: 'Did you mean "holder"?',
      place: ['action take', 'guard'],
    })

    expect(text).toBe('MC101: action take, guard: there is no variable "holdr".\n  Did you mean "holder"?')
  })

  it('needs neither a place nor a hint', () => {
    expect(describeDiagnostic({ code: 'MC607', message: 'there is no option --fast.', place: [] })).toBe(
      'MC607: there is no option --fast.',
    )
  })
})

describe('DiagnosticError', () => {
  it('carries every diagnostic and tells them all', () => {
    const diagnostics = [
      { code: 'MC106', message: 'first', place: [] },
      { code: 'MC105', message: 'second', place: [] },
    ] as const

    const error = new DiagnosticError(diagnostics)

    expect(error.diagnostics).toEqual(diagnostics)
    expect(error.message).toBe('MC106: first\nMC105: second')
    expect(error.name).toBe('DiagnosticError')
  })
})

describe('InternalError', () => {
  it('asks for a report and keeps its code and cause', () => {
    const cause = new Error('deeper')

    const error = new InternalError('MC901', 'the store lost a state', { cause })

    expect(error.message).toMatch(/^MC901: the store lost a state\. This is a bug in the toolkit/)
    expect(error.code).toBe('MC901')
    expect(error.cause).toBe(cause)
  })
})
