import { describe, expectTypeOf, it } from 'vitest'
import type { Brand } from '../../src/foundation/brand.ts'

type StateIndex = Brand<number, 'StateIndex'>
type ActionIndex = Brand<number, 'ActionIndex'>

describe('Brand', () => {
  it('keeps two brands of one base apart', () => {
    expectTypeOf<StateIndex>().not.toExtend<ActionIndex>()
  })

  it('does not accept the bare base', () => {
    expectTypeOf<number>().not.toExtend<StateIndex>()
  })

  it('is usable as its base', () => {
    expectTypeOf<StateIndex>().toExtend<number>()
  })
})
