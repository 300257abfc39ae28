import type { Additions } from './cells/catalogs.ts'
import { loadModule } from './load-module.ts'

/** What several files of the user export, together; undefined where there are none. What stands in an earlier one comes first. */
export async function loadModules(paths: readonly string[] = []): Promise<Additions | undefined> {
  if (paths.length === 0) return undefined
  const loaded = await Promise.all(paths.map(loadModule))
  return {
    readings: loaded.flatMap(({ readings }) => readings),
    clients: loaded.flatMap(({ clients }) => clients),
    promises: loaded.flatMap(({ promises }) => promises),
  }
}

/** For an option that may be given several times. */
export function collectModules(path: string, before: readonly string[] = []): readonly string[] {
  return [...before, path]
}
