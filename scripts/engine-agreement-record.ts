import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'

export const recordPath = 'docs/engine-agreement.json'

/** Random systems that were drawn with one seed. */
const batch = z.strictObject({
  seed: z.number().int(),
  systems: z.number().int(),
  distinctStates: z.number().int(),
  violatedProperties: z.number().int(),
  systemsThatGoWrong: z.number().int(),
})

const record = z.strictObject({
  /** Digest of the code that was compared: batches of other code do not count. */
  code: z.string(),
  systems: z.number().int(),
  disagreements: z.literal(0),
  batches: z.array(batch),
})

export type Batch = z.infer<typeof batch>

/** Batches that were compared by this code, by seed; none if there is no record, or it is of other code. */
export function readBatches(code: string): readonly Batch[] {
  if (!existsSync(recordPath)) return []
  const read = record.safeParse(JSON.parse(readFileSync(recordPath, 'utf8')))
  return read.success && read.data.code === code ? read.data.batches : []
}

/** One batch a line, in order of seeds. */
export function recordText(code: string, batches: readonly Batch[]): string {
  const ordered = [...batches].sort((one, other) => one.seed - other.seed)
  const systems = ordered.reduce((sum, each) => sum + each.systems, 0)
  const lines = ordered.map((each) => `    ${JSON.stringify(each)}`)
  return `{\n  "code": "${code}",\n  "systems": ${systems},\n  "disagreements": 0,\n  "batches": [\n${lines.join(',\n')}\n  ]\n}\n`
}

/** Digest of everything that a comparison depends on: the language, properties, the checker, and what draws and compares systems. */
export function digestOfCode(): string {
  const hash = createHash('sha256')
  for (const folder of ['src/foundation', 'src/model/language', 'src/properties/language', 'src/checker', 'test/arbitraries']) {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
    for (const name of files.sort()) hash.update(`${folder}/${name}\n${readFileSync(`${folder}/${name}`, 'utf8')}`)
  }
  return hash.update(readFileSync('test/support/compare-engines.ts')).digest('hex').slice(0, 16)
}
