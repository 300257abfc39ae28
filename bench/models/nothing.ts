import { action, assign, not, variable } from '../../src/model/language/builder.ts'
import { boolean } from '../../src/model/language/domain.ts'
import type { BenchModel } from './bench-model.ts'

const light = variable('light', boolean)

/** Two states: what a tool holds while it searches this, it holds for itself. */
export const nothing: BenchModel = {
  name: 'nothing',
  size: 1,
  expectedStates: 2,
  system: () => ({
    name: 'nothing',
    processes: ['nobody'],
    variables: [light.declaration],
    actions: [action('switches', { assign: [assign(light.at(), not(light.at()))] })],
    final: not(light.at()),
    allocations: [],
  }),
}
