import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import type { CacheEntry } from '../../../gate/cache-entry.ts'
import { entryText, readEntry } from '../../../gate/cache-entry.ts'

/** Digits of an engine in the name of its folder. */
const folderLength = 16

/** What went otherwise than it should; a cache that fails costs time, never a verdict. */
export interface CacheTroubles {
  /** Entries that could not be read or did not fit, and were ignored. */
  readonly ignored: number
  /** Why an entry could not be written; told once. */
  readonly cannotWrite?: string
}

/**
 * Entries by key, one file each, in a folder for each engine. A file is there whole or not at all: a temporary one is renamed, so several
 * runs may share a folder and end at any moment. What a file says is believed only if its own digest says that it is whole.
 */
export class VerdictCache {
  readonly #folder: string
  #ignored = 0
  #cannotWrite: string | undefined

  constructor(folder: string) {
    this.#folder = folder
  }

  read(key: string, engine: string): CacheEntry | undefined {
    let text: string
    try {
      text = readFileSync(this.#fileOf(key, engine), 'utf8')
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') this.#ignored += 1
      return undefined
    }
    const entry = readEntry(text, { key, engine })
    if (entry === undefined) this.#ignored += 1
    return entry
  }

  /** Not waited for by the disk: an entry that is lost is found again. */
  async write(entry: CacheEntry): Promise<void> {
    if (this.#cannotWrite !== undefined) return
    try {
      mkdirSync(join(this.#folder, folderOf(entry.engine)), { recursive: true })
      await writeFileAtomic(this.#fileOf(entry.key, entry.engine), entryText(entry), { fsync: false })
    } catch (error) {
      this.#cannotWrite = error instanceof Error ? error.message : String(error)
    }
  }

  /** An entry was whole, but its violation does not replay. */
  distrust(): void {
    this.#ignored += 1
  }

  /** What there was since the last call. */
  takeTroubles(): CacheTroubles {
    const ignored = this.#ignored
    this.#ignored = 0
    return { ignored, ...(this.#cannotWrite === undefined ? {} : { cannotWrite: this.#cannotWrite }) }
  }

  #fileOf(key: string, engine: string): string {
    return join(this.#folder, folderOf(engine), `${key}.txt`)
  }
}

function folderOf(engine: string): string {
  return engine.slice(0, folderLength)
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
