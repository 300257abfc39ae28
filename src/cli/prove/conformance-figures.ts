import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { reasonOutOfReach } from '../../conformance/sweep/out-of-reach.ts'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { ConformanceFigures } from '../../report/releases/releases-input.ts'
import { conformanceFile } from './reports-folder.ts'

const count = z.int().min(0)
const figures = z.array(
  z.object({
    subject: z.string(),
    version: z.string(),
    profile: z.string(),
    schedules: count,
    steps: count,
    disagreements: count,
    inexact: count,
    covered: count,
    statements: count,
    uncovered: z.array(z.string()),
    // Written since they are measured.
    schedulesPerSecond: count.optional(),
    processors: count.min(1).optional(),
  }),
)

/** What `conform` wrote into this folder of reports; none where there is no such file. MC604 for a damaged one. */
export async function readConformance(folder: string): Promise<readonly ConformanceFigures[]> {
  const path = join(folder, conformanceFile)
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw damaged(path, error.message)
  })
  if (text === undefined) return []
  const parsed = figures.safeParse(parsedJson(text, path))
  if (!parsed.success) throw damaged(path, z.prettifyError(parsed.error).split('\n').slice(0, 3).join(' '))
  return parsed.data.map(({ uncovered, schedulesPerSecond, processors, ...each }) => ({
    ...each,
    ...(schedulesPerSecond === undefined || processors === undefined ? {} : { speed: { schedulesPerSecond, processors } }),
    uncovered: uncovered.map((statement) => ({ statement, because: reasonOutOfReach(statement) })),
  }))
}

function parsedJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw damaged(path, error instanceof Error ? error.message : String(error))
  }
}

function damaged(path: string, message: string): DiagnosticError {
  const hint = 'Restore it from version control, or delete it and run "gilproof conform --write-report".'
  return new DiagnosticError([
    { code: 'MC604', message: `the figures of a comparison with CPython cannot be read: ${message}`, hint, place: [path] },
  ])
}
