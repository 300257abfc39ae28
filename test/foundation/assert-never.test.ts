import { describe, expect, it } from 'vitest'
import { assertNever } from '../../src/foundation/assert-never.ts'
import { InternalError } from '../../src/foundation/diagnostic.ts'

type Step = { readonly kind: 'action' } | { readonly kind: 'stutter' }

function costOf(step: Step): number {
  switch (step.kind) {
    case 'action':
      return 1
    case 'stutter':
      return 0
    default:
      return assertNever(step)
  }
}

describe('assertNever', () => {
  it('shows the value that no case handles', () => {
    const unknownStep = { kind: 'jump' } as unknown as Step

    expect(() => costOf(unknownStep)).toThrow('no case handles {"kind":"jump"}')
    expect(() => costOf(unknownStep)).toThrow(InternalError)
  })

  it('does not accept a union member that is left over', () => {
    const leftOver = (step: Step): void => {
      // @ts-expect-error a step is not never
      assertNever(step)
    }

    expect(() => leftOver({ kind: 'action' })).toThrow(InternalError)
  })
})
