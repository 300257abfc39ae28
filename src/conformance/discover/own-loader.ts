import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** An unpacked system: a folder that has a dynamic loader and libraries of its own, newer perhaps than this system's. */
export interface UnpackedRoot {
  /** The folder that has `lib`, and so the prefix of its Pythons. */
  readonly prefix: string
  readonly loader: string
  readonly libraryFolders: readonly string[]
}

const isLoader = /^ld-linux.*\.so\.\d+$/

/** The unpacked system at this folder, which may be its root or its `usr`; undefined if it has no loader, or is this system. */
export function unpackedRootAt(folder: string): UnpackedRoot | undefined {
  if (folder === '/' || folder === '/usr') return undefined
  for (const prefix of [folder, join(folder, 'usr')]) {
    const loader = ['lib64', 'lib'].map((name) => loaderIn(join(prefix, name))).find((path) => path !== undefined)
    if (loader !== undefined) return { prefix, loader, libraryFolders: libraryFolders(prefix) }
  }
  return undefined
}

/** The unpacked system that this file belongs to; undefined if it is this system's. */
export function unpackedRootAround(path: string): UnpackedRoot | undefined {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const root = unpackedRootAt(folder)
    if (root !== undefined) return root
  }
  return undefined
}

function loaderIn(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined
  const name = readdirSync(folder).find((file) => isLoader.test(file))
  return name === undefined ? undefined : join(folder, name)
}

function libraryFolders(prefix: string): string[] {
  const libraries = join(prefix, 'lib')
  if (!existsSync(libraries)) return []
  const architectures = readdirSync(libraries).filter((name) => /^[a-z0-9_]+-linux-gnu[a-z0-9]*$/.test(name))
  return [...architectures.map((name) => join(libraries, name)), libraries]
}
