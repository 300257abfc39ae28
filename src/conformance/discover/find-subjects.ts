import type { Diagnostic } from '../../foundation/diagnostic.ts'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { SubjectLocation } from '../subject/harness-command.ts'
import type { Subject } from '../subject/subject.ts'
import { askExecutable } from './ask-executable.ts'
import { libraries, pythonExecutables } from './places.ts'
import { locationOf, started, subjectAt, subjectsInFolder } from './subject-at.ts'

export interface FindOptions {
  /** Root folders of unpacked systems, of which all Pythons are taken. */
  readonly roots?: readonly string[]
  /** Told what was found but cannot be used, and why. */
  readonly onUnusable?: (diagnostic: Diagnostic) => void
  readonly signal?: AbortSignal
}

/**
 * All CPythons of this machine that schedules can be run on, in the order of their versions: those of PATH, pyenv, uv, conda, asdf, mise, /opt
 * and the system, and libraries that no executable claims. What cannot be used is left out.
 *
 * Cost: about 0.2 s for each, as every one is started. Errors: those of `compileHarness`, without which none can be used.
 */
export async function findSubjects(options: FindOptions = {}): Promise<readonly Subject[]> {
  const subjects = new Map<string, Subject>()
  const add = async (find: () => Promise<readonly Subject[]>): Promise<void> => {
    options.signal?.throwIfAborted()
    try {
      for (const subject of await find()) subjects.set(subject.path, subject)
    } catch (error) {
      tell(error, options)
    }
  }
  for (const location of await claimedLocations(options)) await add(async () => [await started(location)])
  for (const library of libraries()) if (!subjects.has(library)) await add(async () => [await subjectAt(library)])
  for (const root of options.roots ?? []) await add(() => subjectsInFolder(root))
  return [...subjects.values()].sort(byVersion)
}

/** Where the executables of this machine have their Pythons, each once. */
async function claimedLocations(options: FindOptions): Promise<readonly SubjectLocation[]> {
  const locations = new Map<string, SubjectLocation>()
  for (const executable of pythonExecutables()) {
    options.signal?.throwIfAborted()
    try {
      const answer = await askExecutable(executable)
      const location = locationOf(answer)
      if (answer.implementation === 'CPython' && !locations.has(location.path)) locations.set(location.path, location)
    } catch (error) {
      tell(error, options)
    }
  }
  return [...locations.values()]
}

/** Without a harness there is no use in going on; anything else concerns one candidate only. */
function tell(error: unknown, options: FindOptions): void {
  if (!(error instanceof DiagnosticError)) throw error
  for (const diagnostic of error.diagnostics) {
    if (['MC706', 'MC707', 'MC710'].includes(diagnostic.code)) throw error
    options.onUnusable?.(diagnostic)
  }
}

function byVersion(one: Subject, other: Subject): number {
  return one.name.localeCompare(other.name, 'en', { numeric: true }) || (one.path < other.path ? -1 : 1)
}
