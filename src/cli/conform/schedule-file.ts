import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { CallName } from '../../conformance/schedule/calls.ts'
import { calls } from '../../conformance/schedule/calls.ts'
import type { Schedule } from '../../conformance/schedule/schedule.ts'
import type { Diagnostic } from '../../foundation/diagnostic.ts'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import { nearestName } from '../../foundation/nearest-name.ts'
import { stableJson } from '../../foundation/stable-json.ts'
import { writeOneFile } from '../write-files.ts'
import type { Shown, SubjectResult } from './conform-result.ts'

const callNames = Object.keys(calls) as readonly CallName[]

const name = z.string().min(1)
const step = z.strictObject({
  thread: name,
  call: z.string().refine((call) => callNames.some((known) => known === call), { error: ({ input }) => unknownCall(String(input)) }),
  arguments: z.array(name).max(1),
  result: name.optional(),
})
const schedule = z.strictObject({
  threads: z.array(name).min(1),
  start: z.enum(['initialized with threads', 'initialized', 'not initialized']),
  steps: z.array(step).min(1).max(1000),
})
/** What else a saved file tells is for people, and may be missing or more. */
const file = z.looseObject({ schedule, profile: name.optional(), python: name.optional() })

/** What `--replay` runs. */
export interface SavedSchedule {
  readonly schedule: Schedule
  /** What it was compared with, and on which Python. */
  readonly profile?: string
  readonly python?: string
}

/** Reads a file that `saveSchedule` wrote, or one with a schedule alone. MC708 where it is malformed, MC702 where it is missing. */
export function readSchedule(path: string): SavedSchedule {
  const content = parseJson(path)
  const isBare = typeof content === 'object' && content !== null && 'steps' in content
  const read = file.safeParse(isBare ? { schedule: content } : content)
  if (!read.success) {
    throw new DiagnosticError(
      read.error.issues.map(({ path: where, message }) => malformed([path, where.map(String).join('.')].filter(Boolean), message)),
    )
  }
  const { schedule: found, profile, python } = read.data
  return {
    schedule: found as Schedule,
    ...(profile === undefined ? {} : { profile }),
    ...(python === undefined ? {} : { python }),
  }
}

function parseJson(path: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new DiagnosticError([malformed([path], `cannot be read: ${error instanceof Error ? error.message : String(error)}`)], {
      cause: error,
    })
  }
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new DiagnosticError([malformed([path], `is no JSON: ${error instanceof Error ? error.message : String(error)}`)], {
      cause: error,
    })
  }
}

function malformed(place: readonly string[], message: string): Diagnostic {
  const hint = 'A schedule has threads, start and steps, each step thread, call, arguments and perhaps result; see what --save writes.'
  return { code: 'MC708', message, hint, place }
}

function unknownCall(call: string): string {
  const meant = nearestName(call, callNames)
  return `unknown call "${call}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`
}

/** Writes what is needed to see a disagreement again; returns the path. The same disagreement gets the same name. Errors: MC606. */
export async function saveSchedule(folder: string, { subject, profile }: SubjectResult, { judged, title }: Shown): Promise<string> {
  const { schedule: smallest, disagreement } = judged
  const digest = createHash('sha256').update(stableJson(smallest)).digest('hex').slice(0, 8)
  const path = join(folder, `${subject.name.toLowerCase().replace(/[^a-z0-9.]+/g, '-')}-${digest}.json`)
  const saved = {
    subject: subject.name,
    python: subject.path,
    profile: profile.name,
    found: title,
    step: disagreement?.step,
    differences: disagreement?.differences,
    schedule: smallest,
  }
  makeFolder(folder)
  await writeOneFile(path, `${stableJson(saved, 2)}\n`)
  return path
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    const message = `cannot be made: ${error instanceof Error ? error.message : String(error)}`
    throw new DiagnosticError([{ code: 'MC606', message, hint: 'Give another folder with --save.', place: [folder] }], { cause: error })
  }
}
