import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exported } from '../../test/support/export-and-count.ts'
import type { BenchModel } from '../models/bench-model.ts'
import { nothing } from '../models/nothing.ts'
import type { ForeignTool } from './foreign-tool.ts'

const repository = new URL('../..', import.meta.url).pathname
const notCounted = { kind: 'not-counted', reason: 'the bench compares the counts' } as const
const megabyte = 2 ** 20

/** SPIN on the text that `gilproof export` writes: exact, exhaustive, no partial-order reduction; with the hash table that is fastest. */
export const spin: ForeignTool = {
  name: 'SPIN',
  appliesTo: () => true,
  write(model, folder, { mostBytes }) {
    const text = exported('promela', model.system(), { expects: notCounted })
    writeFileSync(join(folder, 'model.pml'), text)
    // The exporter works out how long a state can be; the rest of its header asks for a smaller machine.
    const vector = /-DVECTORSZ=(\d+)/.exec(text)?.[1] ?? '1024'
    return [['spin', '-o1', '-o2', '-a', 'model.pml'], compileCommand(mostBytes, `-DVECTORSZ=${vector}`)]
  },
  command: (expectedStates) => searchCommand(expectedStates, { slotsPerState: 4 }),
  read: (_, output) => readSpin(output, { startUpStates: 0 }),
}

/** The same with a quarter of the hash table: slower, and with less memory. */
export const spinInLessMemory: ForeignTool = {
  ...spin,
  name: 'SPIN, smaller hash table',
  appliesTo: ({ isCheapToCompile }) => isCheapToCompile === true,
  command: (expectedStates) => searchCommand(expectedStates, { slotsPerState: 1 }),
}

/** SPIN on a text that a person wrote for it, one process for each thread: does the exported one put it at a disadvantage? */
export const spinByHand: ForeignTool = {
  name: 'SPIN, model written by hand',
  appliesTo: ({ byHand }) => byHand !== undefined,
  write(model, folder, { mostBytes }) {
    if (model === nothing) return spin.write(model, folder, { mostBytes })
    const { path, definitions } = handWritten(model)
    copyFileSync(join(repository, path), join(folder, 'model.pml'))
    return [['spin', ...definitions, '-a', 'model.pml'], compileCommand(mostBytes)]
  },
  // No thread ever comes to an end in it, and nobody says so: -E.
  command: (expectedStates) => [...spin.command(expectedStates), '-E'],
  read: (model, output) => readSpin(output, { startUpStates: model === nothing ? 0 : handWritten(model).startUpStates }),
}

function handWritten({ name, byHand }: BenchModel): NonNullable<BenchModel['byHand']> {
  if (byHand === undefined) throw new Error(`nobody wrote "${name}" by hand`)
  return byHand
}

function compileCommand(mostBytes: number, ...more: readonly string[]): readonly string[] {
  const limit = `-DMEMLIM=${Math.floor(mostBytes / megabyte)}`
  return ['gcc', '-O3', '-DSAFETY', '-DNOREDUCE', limit, ...more, '-o', 'search', 'pan.c']
}

/** Room for a search that goes one step deeper every eight states. It and the table are reserved, and touched, at once. */
function searchCommand(expectedStates: number, { slotsPerState }: { readonly slotsPerState: number }): readonly string[] {
  const depth = Math.max(10_000, Math.ceil(expectedStates / 8))
  const slots = Math.max(10, Math.ceil(Math.log2(expectedStates * slotsPerState)))
  return ['./search', `-m${depth}`, `-w${slots}`]
}

/** What `pan` prints at its end. */
export function readSpin(
  output: string,
  { startUpStates }: { readonly startUpStates: number },
): { readonly states: number; readonly ownBytesPerState?: number } | 'out of memory' {
  if (/reached -DMEMLIM bound|out of memory/i.test(output)) return 'out of memory'
  const counted = /^\s*(\d+(?:\.\d+e\+\d+)?) states, stored/m.exec(output)?.[1]
  const isWhole = /errors: 0$/m.test(output) && !/max search depth too small|Search not completed/.test(output)
  if (counted === undefined || !isWhole) throw new Error(`SPIN did not finish its search:\n${output.slice(0, 4000)}`)
  const own = /^\s*([\d.]+)\s+actual memory usage for states/m.exec(output)?.[1]
  const states = Number(counted) - startUpStates
  return { states, ...(own === undefined ? {} : { ownBytesPerState: (Number(own) * megabyte) / states }) }
}
