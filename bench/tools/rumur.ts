import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exported } from '../../test/support/export-and-count.ts'
import type { ForeignTool } from './foreign-tool.ts'

/** Rumur on the text that `gilproof export` writes: one thread, and no symmetry, as the exported text has no scalarsets. */
export const rumur: ForeignTool = {
  name: 'Rumur',
  appliesTo: () => true,
  write(model, folder) {
    const text = exported('murphi', model.system(), { expects: { kind: 'not-counted', reason: 'the bench compares the counts' } })
    writeFileSync(join(folder, 'model.m'), text)
    return [
      ['rumur', '--threads', '1', '--deadlock-detection', 'off', '--output', 'model.c', 'model.m'],
      ['gcc', '-O3', '-mcx16', '-o', 'search', 'model.c', '-lpthread'],
    ]
  },
  command: () => ['./search'],
  read: (_, output) => readRumur(output),
}

/** What the compiled checker prints. Its own figure is of the state alone, without what stores it. */
export function readRumur(output: string): { readonly states: number; readonly ownBytesPerState?: number } | 'out of memory' {
  if (/cannot allocate|out of memory|failed to allocate/i.test(output)) return 'out of memory'
  const counted = /^\s*(\d+) states, \d+ rules fired/m.exec(output)?.[1]
  if (counted === undefined || !/No error found/.test(output)) throw new Error(`Rumur did not finish its search:\n${output.slice(-4000)}`)
  const own = /rounded up to (\d+) bytes/.exec(output)?.[1]
  return { states: Number(counted), ...(own === undefined ? {} : { ownBytesPerState: Number(own) }) }
}
