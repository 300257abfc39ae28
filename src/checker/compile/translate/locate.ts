import type { Form } from './form.ts'
import type { Dimension, PlacedVariable } from './slots.ts'
import type { Term } from './term.ts'
import { constantValue, difference, isConstant, multiple, sum } from './term.ts'

/** The slot of an element: known, or a form that works it out and fails when an index is `none` or outside its domain. */
export interface Location {
  readonly slot: number | undefined
  readonly form: Form
  readonly canFail: boolean
}

/** Where the element with these indices stands. */
export function locate(placed: PlacedVariable, indices: readonly Term[]): Location {
  let slot = placed.firstSlot
  const computed: Term[] = []
  for (const [i, dimension] of placed.dimensions.entries()) {
    const index = indices[i]
    if (index === undefined || isOutside(index, dimension)) return nowhere
    if (isConstant(index)) slot += (index.lowest - dimension.first) * dimension.stride
    else computed.push(distance(index, dimension))
  }
  const { form, canFail } = computed.reduce(sum, constantValue(slot))
  return { slot: computed.length === 0 ? slot : undefined, form, canFail }
}

const nowhere: Location = { slot: undefined, form: { kind: 'fail' }, canFail: true }

function isOutside(index: Term, { first, size }: Dimension): boolean {
  return index.highest < first || index.lowest >= first + size
}

/** Slots between the element at the dimension's first member and the one at the index. */
function distance(index: Term, { first, size, stride }: Dimension): Term {
  const offset = first === 0 ? index : difference(index, constantValue(first))
  const isInside = offset.lowest >= 0 && offset.highest < size
  return multiple(isInside ? offset : within(offset, size), stride)
}

function within({ form, lowest, highest }: Term, size: number): Term {
  return {
    form: { kind: 'within', offset: form, size },
    lowest: Math.max(lowest, 0),
    highest: Math.min(highest, size - 1),
    canFail: true,
  }
}
