import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { DiagnosticError } from '../foundation/diagnostic.ts'

/** Files read side by side. */
const filesAtOnce = 64

/**
 * Writes a folder of files, path below it to text. Each file is there whole or as it was: a temporary file is renamed. One that has its text
 * already is not written again: most runs change few pages, and each written file waits for the disk. All new files first;
 * what `isStale` says of other files below the folder is removed last, so a run that fails half-way leaves every old page. MC606 when the
 * folder cannot be written or the disk is full.
 */
export async function writeFolder(folder: string, files: ReadonlyMap<string, string>, isStale: (path: string) => boolean): Promise<void> {
  try {
    for (const [path, text] of await filesThatDiffer(folder, files)) {
      const target = join(folder, path)
      await mkdir(dirname(target), { recursive: true })
      await writeFileAtomic(target, text)
    }
    const present = await filesBelow(folder)
    const stale = present.filter((path) => !files.has(path) && isStale(path))
    for (const path of stale) await rm(join(folder, path))
    await removeEmptyFolders(folder, new Set(stale.map((path) => dirname(path))))
  } catch (error) {
    throw cannotWrite(folder, error)
  }
}

/** Files whose text is not there yet, in order. */
async function filesThatDiffer(folder: string, files: ReadonlyMap<string, string>): Promise<readonly (readonly [string, string])[]> {
  const waiting = [...files]
  const differ: (readonly [string, string])[] = []
  while (waiting.length > 0) {
    const some = waiting.splice(0, filesAtOnce)
    const present = await Promise.all(some.map(([path]) => readFile(join(folder, path), 'utf8').catch(() => undefined)))
    differ.push(...some.filter(([, text], i) => text !== present[i]))
  }
  return differ
}

export async function writeOneFile(path: string, text: string): Promise<void> {
  try {
    await writeFileAtomic(path, text)
  } catch (error) {
    throw cannotWrite(path, error)
  }
}

/** Paths of all files below a folder, with "/" between, in order; none where there is no folder. */
export async function filesBelow(folder: string, below = ''): Promise<readonly string[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true }).catch(() => [])
  const nested = await Promise.all(
    entries.map(async (entry): Promise<readonly string[]> => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      return entry.isDirectory() ? filesBelow(folder, path) : [path]
    }),
  )
  return nested.flat().sort()
}

async function removeEmptyFolders(folder: string, below: ReadonlySet<string>): Promise<void> {
  for (const path of [...below].sort((left, right) => right.length - left.length)) {
    for (let at = path; at !== '.'; at = dirname(at)) {
      if ((await readdir(join(folder, at))).length > 0) break
      await rm(join(folder, at), { recursive: true })
    }
  }
}

function cannotWrite(path: string, error: unknown): DiagnosticError {
  const message = `cannot be written: ${error instanceof Error ? error.message : String(error)}`
  const hint = 'Make the folder writable and the disk roomy, or give another one with --out. No file is half-written.'
  return new DiagnosticError([{ code: 'MC606', message, hint, place: [path] }], { cause: error })
}
