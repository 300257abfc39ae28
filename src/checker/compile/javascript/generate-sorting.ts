import { Code, code } from '../code.ts'
import type { Neighbours, ProcessOrder } from '../symmetry/process-order.ts'
import type { States } from './print-form.ts'
import { printForm } from './print-form.ts'

/** The state that begins at `at` in `n`. */
const state: States = Object.freeze({ before: { array: code`n`, begin: code`at` } })

/** The function `sort(n, at)` with those it calls, as `sortProcesses` does it; it gives whether anything moved. */
export function generateSorting(order: ProcessOrder): Code {
  const sinks: Code[] = []
  const functions = order.groups.flatMap(({ neighbours }, group) =>
    neighbours.flatMap((pair, i) => {
      const name = Code.name(`sink${group}_${i}`)
      sinks.push(code`${name}(n, at)`)
      return [generateSink(pair, name, i === 0 ? [] : [code`  ${Code.name(`sink${group}_${i - 1}`)}(n, at)`])]
    }),
  )
  return code`${Code.lines(functions)}\nfunction sort(n, at) {\n  return ${Code.join(sinks, code` | `)}\n}`
}

/** Exchanges two neighbours that are out of order, and then what has moved with the one before. */
function generateSink({ comparisons, exchange: { swapped, references } }: Neighbours, name: Code, goOn: readonly Code[]): Code {
  const tests = comparisons.map(({ earlier, later }) => {
    return code`  if ((one = ${printForm(earlier, state)}) !== (other = ${printForm(later, state)})) return one > other`
  })
  const swaps = swapped.map(([one, other]) => {
    return code`  kept = n[at + ${one}]; n[at + ${one}] = n[at + ${other}]; n[at + ${other}] = kept`
  })
  const renamed = references.map(({ slot, values: [one, other] }) => {
    return code`  if (n[at + ${slot}] === ${one}) n[at + ${slot}] = ${other}; else if (n[at + ${slot}] === ${other}) n[at + ${slot}] = ${one}`
  })
  const isOutOfOrder = Code.name(`isOutOfOrder_${name.text}`)
  return code`function ${isOutOfOrder}(n, at) {
  let one, other
${Code.lines(tests)}
  return false
}
function ${name}(n, at) {
  if (!${isOutOfOrder}(n, at)) return 0
  let kept
${Code.lines([...swaps, ...renamed, ...goOn])}
  return 1
}`
}
