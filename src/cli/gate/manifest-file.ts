import { readFile } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import { digestOf } from '../../foundation/digest.ts'
import type { Manifest } from '../../gate/manifest.ts'
import { readManifest } from '../../gate/read-manifest.ts'

/** A manifest as it lies on the disk. */
export interface ManifestFile {
  readonly path: string
  readonly text: string
  readonly digest: string
  readonly manifest: Manifest
}

/** Undefined where there is none; MC610 for a malformed one. */
export async function openManifest(path: string): Promise<ManifestFile | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw new DiagnosticError([{ code: 'MC611', message: `it cannot be read: ${error.message}`, place: [path] }], { cause: error })
  })
  if (text === undefined) return undefined
  const read = readManifest(text, path)
  if (!read.ok) throw new DiagnosticError(read.diagnostics)
  return { path, text, digest: digestOf(text), manifest: read.value }
}

/** MC611 where there is none. */
export function mustBeThere(file: ManifestFile | undefined, path: string): ManifestFile {
  if (file !== undefined) return file
  const hint = 'Make one with "gilproof gate --init", with --module, --design, --client and --property to say what it covers.'
  throw new DiagnosticError([{ code: 'MC611', message: 'there is no manifest', hint, place: [path] }])
}

/** The modules of a manifest, which stand in it as seen from its folder, from where the path of the manifest is seen. */
export function moduleFiles(path: string, { modules }: Pick<Manifest, 'modules'>): readonly string[] {
  return modules.map((module) => (isAbsolute(module) ? module : join(dirname(path), module)))
}
