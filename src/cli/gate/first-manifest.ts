import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { digestOf } from '../../foundation/digest.ts'
import type { Manifest } from '../../gate/manifest.ts'
import { boundsOf } from '../options/bounds-options.ts'
import { usualBounds } from '../options/usual-bounds.ts'
import type { GateFlags } from './gate-flags.ts'
import type { ManifestFile } from './manifest-file.ts'

const schemaFile = 'schemas/gate-manifest.schema.json'

/** A manifest that covers what the options of --init say and expects nothing yet; on the disk there is none. */
export function firstManifest(path: string, flags: GateFlags): ManifestFile {
  const { module = [], design, client, property, allowUndecided = false, maxStates, maxSeconds, maxMemory } = flags
  const folder = dirname(resolve(path))
  const manifest: Manifest = {
    schema: schemaFrom(folder),
    modules: module.map((file) => withDot(relative(folder, resolve(file)))),
    covers: [
      {
        ...(design === undefined ? {} : { designs: design }),
        ...(client === undefined ? {} : { clients: client }),
        ...(property === undefined ? {} : { properties: property }),
        bounds: boundsOf(flags, usualBounds),
      },
    ],
    limits: {
      ...(maxStates === undefined ? {} : { states: maxStates }),
      ...(maxSeconds === undefined ? {} : { seconds: maxSeconds }),
      ...(maxMemory === undefined ? {} : { megabytes: maxMemory }),
    },
    allowUndecided,
    cells: [],
  }
  return { path, text: '', digest: digestOf(''), manifest }
}

/** Where the package is, or will be, installed beside the manifest; the project itself has the schema at its top. */
function schemaFrom(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, schemaFile))) return withDot(relative(folder, join(at, schemaFile)))
    if (existsSync(join(at, 'package.json')) || at === dirname(at)) {
      const project = existsSync(join(at, 'package.json')) ? at : folder
      return withDot(relative(folder, join(project, 'node_modules/gilproof', schemaFile)))
    }
  }
}

function withDot(path: string): string {
  const written = path.replaceAll('\\', '/')
  return written.startsWith('.') ? written : `./${written}`
}
