import { fileURLToPath } from 'node:url'
import type { BenchModel } from '../models/bench-model.ts'
import type { Configuration } from './configurations.ts'
import { makesADifference, reductionsOf } from './configurations.ts'
import type { ChildAnswer, ChildRequest } from './gilproof-child.ts'
import { runMeasured, unlimited } from './measured-process.ts'
import type { Attempt, Budget, PreparedTool, Tool } from './tool.ts'

const child = fileURLToPath(new URL('gilproof-child.ts', import.meta.url))
const loader = import.meta.resolve('tsx')

/**
 * gilproof in one configuration, a process for each search. Its empty process is one that has elaborated and generated everything for the same
 * model and stops at the first state: of SPIN and Rumur, other programs do that work.
 */
export function gilproof(configuration: Configuration, largest: number): Tool {
  const ask = (
    model: BenchModel,
    folder: string,
    limits: ChildRequest['limits'],
    budget: Budget,
  ): Promise<ChildAnswer | 'time' | 'memory'> =>
    askChild({ model: model.name, largest, configuration: configuration.name, limits }, folder, budget)
  return {
    name: configuration.name,
    reductions: reductionsOf(configuration),
    compiles: false,
    appliesTo: (model) => makesADifference(configuration, model.system()),
    async prepare(model, folder): Promise<PreparedTool> {
      const empty = await ask(model, folder, { states: 1 }, unlimited)
      if (typeof empty === 'string') throw new Error(`gilproof has not enough ${empty} for one state of "${model.name}"`)
      const { cpuSeconds, peakBytes } = empty
      return {
        preparation: { cpuSeconds, peakBytes },
        emptyPeakBytes: peakBytes,
        search: async (_, budget): Promise<Attempt> => {
          const run = await ask(model, folder, { memory: budget.bytes }, budget)
          if (typeof run === 'string') return { kind: 'stopped', by: run }
          const { stoppedBy, ...taken } = run
          if (stoppedBy !== undefined && stoppedBy !== 'memory') throw new Error(`gilproof was stopped by its limit on ${stoppedBy}`)
          return stoppedBy === undefined ? { kind: 'finished', run: taken } : { kind: 'stopped', by: stoppedBy }
        },
      }
    },
  }
}

async function askChild(request: ChildRequest, folder: string, { seconds }: Budget): Promise<ChildAnswer | 'time' | 'memory'> {
  // Its limit on memory is its own: an engine may reserve addresses that it never uses.
  const budget = { seconds, bytes: Number.POSITIVE_INFINITY }
  const finished = await runMeasured([process.execPath, '--import', loader, child, JSON.stringify(request)], folder, budget)
  if (finished === undefined) return 'time'
  if (finished.status === 0) return JSON.parse(finished.output.trim().split('\n').at(-1) ?? '') as ChildAnswer
  if (/out of memory|allocation failed/i.test(finished.output)) return 'memory'
  throw new Error(`gilproof ended with ${finished.status} on "${request.model}":\n${finished.output.slice(0, 4000)}`)
}
