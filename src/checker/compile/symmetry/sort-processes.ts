import { InternalError } from '../../../foundation/diagnostic.ts'
import type { Form } from '../translate/form.ts'
import type { Neighbours, ProcessOrder } from './process-order.ts'

/** Puts interchangeable processes into order, in place. Gives the exchanges it made, in order. The twin, to be read, of what is generated. */
export function sortProcesses(order: ProcessOrder, values: Int32Array): readonly Neighbours[] {
  const exchanged: Neighbours[] = []
  for (const { neighbours } of order.groups) {
    for (let last = 0; last < neighbours.length; last++) {
      for (let at = last; at >= 0; at--) {
        const pair = neighbours[at] as Neighbours
        if (!isOutOfOrder(pair, values)) break
        exchange(pair, values)
        exchanged.push(pair)
      }
    }
  }
  return exchanged
}

function isOutOfOrder({ comparisons }: Neighbours, values: Int32Array): boolean {
  for (const { earlier, later } of comparisons) {
    const difference = evaluateForm(later, values) - evaluateForm(earlier, values)
    if (difference !== 0) return difference < 0
  }
  return false
}

function exchange({ exchange: { swapped, references } }: Neighbours, values: Int32Array): void {
  for (const [one, other] of swapped) {
    const kept = values[one] as number
    values[one] = values[other] as number
    values[other] = kept
  }
  for (const { slot, values: pair } of references) {
    const position = pair.indexOf(values[slot] as number)
    if (position >= 0) values[slot] = pair[1 - position] as number
  }
}

/** What a comparison is made of. */
function evaluateForm(form: Form, values: Int32Array): number {
  const of = (operand: Form): number => evaluateForm(operand, values)
  switch (form.kind) {
    case 'constant':
      return form.value
    case 'element':
      return values[of(form.slot)] as number
    case 'number':
      return of(form.operand)
    case 'equal':
      return of(form.left) === of(form.right) ? 1 : 0
    case 'less':
      return of(form.left) < of(form.right) ? 1 : 0
    case 'or':
      return form.operands.some((operand) => of(operand) !== 0) ? 1 : 0
    case 'add':
      return of(form.left) + of(form.right)
    case 'multiply':
      return of(form.left) * form.factor
    case 'choice':
      return of(form.condition) !== 0 ? of(form.then) : of(form.otherwise)
    default:
      throw new InternalError('MC901', `processes are compared by "${form.kind}"`)
  }
}
