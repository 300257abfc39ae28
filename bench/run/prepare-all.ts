import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { BenchModel } from '../models/bench-model.ts'
import type { PreparedTool, Tool } from '../tools/tool.ts'

/** One tool on one model, ready to search. */
export interface Entry {
  readonly model: BenchModel
  readonly tool: Tool
  readonly prepared: PreparedTool
}

/**
 * Prepares every tool for every model that it applies to, in that order. Compilers work side by side, as nothing is timed but their CPU time;
 * what gilproof generates is measured alone.
 */
export async function prepareAll(
  models: readonly BenchModel[],
  tools: readonly Tool[],
  { folder, note }: { readonly folder: string; readonly note: (text: string) => void },
): Promise<readonly Entry[]> {
  const wanted = models.flatMap((model) => tools.filter((tool) => tool.appliesTo(model)).map((tool) => ({ model, tool })))
  const ready = new Map<number, PreparedTool>()
  const prepareOne = async (i: number): Promise<void> => {
    const { model, tool } = wanted[i] ?? missing(i)
    const own = join(folder, `prepared-${i}`)
    mkdirSync(own)
    const prepared = await tool.prepare(model, own)
    note(`prepared  ${model.name}: ${tool.name}, ${prepared.preparation.cpuSeconds.toFixed(1)} s`)
    ready.set(i, prepared)
  }
  const compiling = wanted.flatMap(({ tool }, i) => (tool.compiles ? [i] : [])).reverse()
  const alone = wanted.flatMap(({ tool }, i) => (tool.compiles ? [] : [i]))
  const compileInTurn = async (): Promise<void> => {
    // The last ones are the largest, so they go first.
    for (let i = compiling.shift(); i !== undefined; i = compiling.shift()) await prepareOne(i)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, compileInTurn))
  for (const i of alone) await prepareOne(i)
  return wanted.map(({ model, tool }, i) => ({ model, tool, prepared: ready.get(i) ?? missing(i) }))
}

function missing(i: number): never {
  throw new Error(`nothing number ${i} was to be prepared`)
}
