import type { ProcessOrder } from '../symmetry/process-order.ts'
import { evaluate } from './function-cache.ts'
import { generateSorting } from './generate-sorting.ts'

/** Puts interchangeable processes into order, in place, in the state that begins at a position. Not 0 if anything moved. */
export type Sorting = (values: Int32Array, begin: number) => number

/** The generated twin of `sortProcesses`; made for each system, as only few have an order. */
export function loadSorting(order: ProcessOrder): Sorting {
  if (order.groups.length === 0) return () => 0
  return evaluate(`(() => {\n${generateSorting(order).text}\nreturn sort\n})()`) as Sorting
}
