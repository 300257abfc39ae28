import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { Ended, RunOptions } from './built-program.ts'
import { gilproof } from './built-program.ts'

export const manifestName = 'gilproof.gate.json'

/** A folder with a manifest, and a cache of its own. */
export interface GateFolder {
  readonly path: string
  readonly cache: string
  readonly gate: (options?: readonly string[], more?: Omit<RunOptions, 'cwd'>) => Promise<Ended>
  readonly read: (file?: string) => string
  readonly write: (text: string, file?: string) => void
  /** Changes the first place where the text stands, which must be there. */
  readonly replace: (from: string, to: string, file?: string) => void
  readonly apply: (patch: string) => void
}

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

export function gateFolder(from?: string): GateFolder {
  const path = mkdtempSync(join(tmpdir(), 'gilproof-gate-'))
  folders.push(path)
  if (from !== undefined) cpSync(from, path, { recursive: true })
  const cache = join(path, 'cache')
  const read = (file = manifestName): string => readFileSync(join(path, file), 'utf8')
  const write = (text: string, file = manifestName): void => writeFileSync(join(path, file), text)
  return {
    path,
    cache,
    gate: (options = [], more = {}) => {
      const where = options.some((option) => option === '--merge' || option === '--no-cache') ? [] : ['--cache', cache]
      return gilproof(['gate', ...options, ...where], { ...more, cwd: path, environment: { GITHUB_ACTIONS: '', ...more.environment } })
    },
    read,
    write,
    replace: (from_, to, file) => {
      const before = read(file)
      if (!before.includes(from_)) throw new Error(`${file ?? manifestName} has no ${from_}`)
      write(before.replace(from_, to), file)
    },
    apply: (patch) => {
      const { status, stderr } = spawnSync('git', ['apply', patch], {
        cwd: path,
        encoding: 'utf8',
        env: { ...process.env, GIT_DIR: join(path, 'none') },
      })
      if (status !== 0) throw new Error(stderr)
    },
  }
}

/** Searches that are over at once. */
export const small = [
  '--design',
  'status-quo',
  '--client',
  'attach-twice',
  'callback-from-fresh-thread',
  '--threads',
  '1',
  '--interpreters',
  '1',
]

/** "2 searches: 1 judged, 1 from the cache": how many were judged. */
export function judgedIn({ stderr }: Ended): number {
  return Number(/searche?s?: (\d+) judged/.exec(stderr)?.[1])
}
