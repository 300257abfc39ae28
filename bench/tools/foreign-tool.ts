import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchModel } from '../models/bench-model.ts'
import { nothing } from '../models/nothing.ts'
import { runMeasured, runToSuccess } from './measured-process.ts'
import type { Attempt, Budget, Preparation, PreparedTool, Run, Tool } from './tool.ts'

/** A checker that turns a model into C, has it compiled, and is then the compiled program. */
export interface ForeignTool {
  readonly name: string
  appliesTo(model: BenchModel): boolean
  /** Writes the model into the folder; gives the commands that make the program `./search` of it. */
  write(model: BenchModel, folder: string, options: { readonly mostBytes: number }): readonly (readonly string[])[]
  /** The command that searches. */
  command(expectedStates: number): readonly string[]
  /** Reads what it printed. Throws where the search went wrong. */
  read(model: BenchModel, output: string): Pick<Run, 'states' | 'ownBytesPerState'> | 'out of memory'
}

export function foreignTool(foreign: ForeignTool, mostBytes: number): Tool {
  let empty: Promise<number> | undefined
  const compile = async (model: BenchModel, folder: string): Promise<Preparation> => {
    const steps = []
    for (const command of foreign.write(model, folder, { mostBytes })) steps.push(await runToSuccess(command, folder))
    return {
      cpuSeconds: steps.reduce((sum, step) => sum + step.cpuSeconds, 0),
      peakBytes: Math.max(...steps.map((step) => step.peakBytes)),
    }
  }
  const search = async (model: BenchModel, folder: string, expectedStates: number, budget: Budget): Promise<Attempt> => {
    const finished = await runMeasured(foreign.command(expectedStates), folder, budget)
    if (finished === undefined) return { kind: 'stopped', by: 'time' }
    const told = foreign.read(model, finished.output)
    if (told === 'out of memory') return { kind: 'stopped', by: 'memory' }
    const { seconds, cpuSeconds, peakBytes } = finished
    return { kind: 'finished', run: { ...told, seconds, cpuSeconds, peakBytes } }
  }
  const peakOfNothing = async (folder: string): Promise<number> => {
    mkdirSync(folder)
    await compile(nothing, folder)
    const attempt = await search(nothing, folder, 2, { seconds: 60, bytes: mostBytes })
    if (attempt.kind === 'stopped') throw new Error(`${foreign.name} does not finish a model of two states`)
    return attempt.run.peakBytes
  }
  return {
    name: foreign.name,
    reductions: '',
    compiles: true,
    appliesTo: (model) => foreign.appliesTo(model),
    async prepare(model, folder): Promise<PreparedTool> {
      empty ??= peakOfNothing(join(folder, 'nothing'))
      const emptyPeakBytes = await empty
      const preparation = await compile(model, folder)
      return { preparation, emptyPeakBytes, search: (expected, budget) => search(model, folder, expected, budget) }
    },
  }
}
