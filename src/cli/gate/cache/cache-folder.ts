import { existsSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** Days after which verdicts of other versions are removed. */
const keptDays = 30
const millisecondsPerDay = 86_400_000

/** node_modules/.cache/gilproof of the project that the folder belongs to, or the cache folder of the user. */
export function usualCacheFolder(from: string): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const packages = join(folder, 'node_modules')
    if (existsSync(packages)) return join(packages, '.cache', 'gilproof')
    if (folder === dirname(folder)) break
  }
  const { XDG_CACHE_HOME: folder } = process.env
  return join(folder === undefined || folder === '' ? join(homedir(), '.cache') : folder, 'gilproof')
}

/** Removes folders of other engines that nobody wrote to for a month: they are most likely gone. What cannot be removed stays. */
export async function removeOldEntries(folder: string, engines: readonly string[]): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  const others = names.filter((name) => /^[0-9a-f]{16}$/.test(name) && !engines.some((engine) => engine.startsWith(name)))
  for (const name of others) {
    const path = join(folder, name)
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    )
    if (age > keptDays * millisecondsPerDay) await rm(path, { recursive: true, force: true }).catch(() => undefined)
  }
}
