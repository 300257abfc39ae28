import type { ProcessOrder, Sorting } from '../symmetry/process-order.ts'
import { evaluate } from './function-cache.ts'
import { generateSorting } from './generate-sorting.ts'

/** The generated twin of `sortProcesses`; made for each system, as only few have an order. */
export function loadSorting(order: ProcessOrder): Sorting {
  if (order.groups.length === 0) return () => 0
  return evaluate(`(() => {\n${generateSorting(order).text}\nreturn sort\n})()`) as Sorting
}
