import { existsSync, statSync } from 'node:fs'
import { findSubjects } from '../../conformance/discover/find-subjects.ts'
import { subjectAt, subjectsInFolder } from '../../conformance/discover/subject-at.ts'
import type { Subject } from '../../conformance/subject/subject.ts'
import type { Diagnostic } from '../../foundation/diagnostic.ts'
import { refuse } from '../options/counts.ts'

export interface SubjectChoice {
  /** Executables, libraries, or roots of unpacked systems. */
  readonly paths: readonly string[]
  readonly roots: readonly string[]
  readonly signal: AbortSignal
  /** Told what was found but cannot be used, and why. */
  readonly onUnusable: (diagnostic: Diagnostic) => void
}

/**
 * The Pythons that are named, or all that are found. MC702 where there is none: a run that compared nothing must not look like one that found
 * no disagreement. Errors: those of `subjectAt`.
 */
export async function chooseSubjects({ paths, roots, signal, onUnusable }: SubjectChoice): Promise<readonly Subject[]> {
  if (paths.length === 0) {
    const found = await findSubjects({ roots, signal, onUnusable })
    if (found.length > 0) return found
    const hint = 'Install one, such as by apt-get install libpython3.11, or give the path of a Python.'
    throw refuse({ code: 'MC702', message: 'found no Python on this machine that can be driven', hint, place: [] })
  }
  const chosen: Subject[] = []
  for (const path of paths) {
    signal.throwIfAborted()
    chosen.push(...(isFolder(path) ? await subjectsInFolder(path) : [await subjectAt(path)]))
  }
  for (const root of roots) chosen.push(...(await subjectsInFolder(root)))
  return chosen.filter(({ path }, i) => chosen.findIndex((other) => other.path === path) === i)
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory()
}
