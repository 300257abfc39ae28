import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import { searchKey } from '../cells/task.ts'
import type { ExpectedVerdict } from './compare-verdicts.ts'

const status = z.enum(['safe', 'never-exercised', 'violated', 'undecided', 'not-applicable'])
const bounds = z.string().regex(/^\d+\.\d+\.\d+$/)
/** As `verdictsDocument` writes them; a violated cell may end in more words when its trace need not be shortest. */
const verdict = z.union([status, z.tuple([status, z.string()]), z.tuple([status, z.int(), z.int(), z.string()]).rest(z.string())])
const document = z.array(z.object({ reading: z.string(), client: z.string(), bounds, verdicts: z.record(z.string(), verdict) }))

/** The verdicts an earlier run wrote; undefined where there is no such file. MC604 for a damaged one: it must not pass for a missing one. */
export async function readExpectedVerdicts(folder: string, file: string): Promise<readonly ExpectedVerdict[] | undefined> {
  const path = join(folder, file)
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw damaged(path, error.message)
  })
  if (text === undefined) return undefined
  const parsed = document.safeParse(parseJson(text, path))
  if (!parsed.success) throw damaged(path, z.prettifyError(parsed.error).split('\n').slice(0, 3).join(' '))
  return parsed.data.flatMap(({ reading, client, bounds: sizes, verdicts }) => {
    const [threads = 0, interpreters = 0, rounds = 0] = sizes.split('.').map(Number)
    return Object.entries(verdicts).map(([property, written]): ExpectedVerdict => {
      const [first, , , replayCode, remark] = typeof written === 'string' ? [written] : written
      const cell = { reading, client, property, bounds: { threads, interpreters, rounds } }
      return { cell, status: first, ...(typeof replayCode === 'string' && remark === undefined ? { replayCode } : {}) }
    })
  })
}

/** Replay codes of shortest traces by search, for `Task.earlier`. */
export function earlierCodes(expected: readonly ExpectedVerdict[]): ReadonlyMap<string, readonly (readonly [string, string])[]> {
  const bySearch = new Map<string, [string, string][]>()
  for (const { cell, replayCode } of expected) {
    if (replayCode === undefined) continue
    const codes = bySearch.get(searchKey(cell)) ?? []
    codes.push([cell.property, replayCode])
    bySearch.set(searchKey(cell), codes)
  }
  return bySearch
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw damaged(path, error instanceof Error ? error.message : String(error))
  }
}

function damaged(path: string, message: string): DiagnosticError {
  const hint = 'Restore it from version control, or delete it to start from nothing.'
  return new DiagnosticError([{ code: 'MC604', message: `the verdicts of an earlier run cannot be read: ${message}`, hint, place: [path] }])
}
