import { smallGil } from '../../test/support/spin-systems.ts'
import type { ModelFamily } from './bench-model.ts'

/** Counted by SPIN 6.5.2 on test/oracle/spin/gil.pml, its one start-up state left out. */
const countedBySpin: ReadonlyMap<number, number> = new Map([
  [2, 1_637],
  [3, 21_411],
  [4, 277_317],
  [5, 3_578_499],
])

/** N threads that attach to two interpreters with a GIL each, and their finalizers: the same system as test/oracle/spin/gil.pml. */
export function gilLike(largest: number): ModelFamily {
  const sizes = Array.from({ length: Math.max(0, largest - 1) }, (_, i) => i + 2)
  return {
    name: 'small GIL',
    says: 'N threads attach to one of two interpreters with a GIL each, nest, drop, restore, release and hang; each interpreter is finalized.',
    sizeIs: 'threads',
    models: sizes.map((size) => {
      const expectedStates = countedBySpin.get(size)
      const byHand = { path: 'test/oracle/spin/gil.pml', definitions: [`-DN=${size}`], startUpStates: 1 }
      return {
        name: `small GIL, ${size} threads`,
        size,
        system: () => smallGil(size),
        isCheapToCompile: true,
        ...(expectedStates === undefined ? {} : { expectedStates, byHand }),
      }
    }),
  }
}
