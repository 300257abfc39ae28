import { Code, code } from './code.ts'
import type { Dimension, PlacedVariable } from './slots.ts'
import type { Term } from './term.ts'
import { constantValue, difference, isConstant, operand, rank } from './term.ts'

/** The slot of an element: known, or code that works it out and fails when an index is `none` or outside its domain. */
export interface Location {
  readonly slot: number | undefined
  readonly code: Code
  readonly canFail: boolean
}

/** Where the element with these indices stands. */
export function locate(placed: PlacedVariable, indices: readonly Term[]): Location {
  let slot = placed.firstSlot
  let canFail = false
  const computed: Code[] = []
  for (const [i, dimension] of placed.dimensions.entries()) {
    const index = indices[i]
    if (index === undefined || isOutside(index, dimension)) return nowhere
    if (isConstant(index)) {
      slot += (index.lowest - dimension.first) * dimension.stride
    } else {
      const distance = generateDistance(index, dimension)
      computed.push(distance.code)
      canFail ||= distance.canFail
    }
  }
  if (computed.length === 0) return { slot, code: code`${slot}`, canFail: false }
  return { slot: undefined, code: Code.join([code`${slot}`, ...computed], code` + `), canFail }
}

const nowhere: Location = Object.freeze({ slot: undefined, code: code`fail()`, canFail: true })

function isOutside(index: Term, { first, size }: Dimension): boolean {
  return index.highest < first || index.lowest >= first + size
}

/** Slots between the element at the dimension's first member and the one at the index. */
function generateDistance(index: Term, { first, size, stride }: Dimension): Pick<Term, 'code' | 'canFail'> {
  const offset = first === 0 ? index : difference(index, constantValue(first))
  const isInside = offset.lowest >= 0 && offset.highest < size
  const needed = stride === 1 ? rank.sum : rank.atom
  const position = isInside ? operand(offset, needed) : code`within(${offset.code}, ${size})`
  return { code: stride === 1 ? position : code`${position} * ${stride}`, canFail: index.canFail || !isInside }
}
