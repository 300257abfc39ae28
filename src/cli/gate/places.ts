import { existsSync, readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { gateKey } from '../../gate/found-cell.ts'
import type { PlaceOf } from '../../gate/gate-result.ts'
import type { Manifest } from '../../gate/manifest.ts'
import { manifestLines, manifestText } from '../../gate/manifest-text.ts'

/** A name in quotation marks, with the line it first stands in. */
type Names = ReadonlyMap<string, number>

/**
 * Where to look for a cell: the line of a module that names its reading and design, or its client; else its line in the manifest. Files are
 * told from the root of the checkout.
 */
export function placesOf(path: string, text: string, manifest: Manifest, modules: readonly string[]): PlaceOf {
  const named = modules
    .filter((file) => existsSync(file))
    .map((file) => ({ file: fromRoot(resolve(file)), names: namesIn(readFileSync(file, 'utf8')) }))
  // Only where something is told of: a large manifest takes a while to write down.
  let lines: ReadonlyMap<string, number> | undefined
  return (cell) => {
    for (const { file, names } of named) {
      const line = lineOfReading(cell.reading, names) ?? names.get(cell.client)
      if (line !== undefined) return { file, line }
    }
    lines ??= text === manifestText(manifest) ? manifestLines(manifest) : new Map()
    return { file: fromRoot(resolve(path)), line: lines.get(gateKey(cell)) ?? 1 }
  }
}

function namesIn(text: string): Names {
  const names = new Map<string, number>()
  for (const [i, line] of text.split('\n').entries()) {
    for (const [, name = ''] of line.matchAll(/['"`]([a-z0-9.-]+)['"`]/g)) if (!names.has(name)) names.set(name, i + 1)
  }
  return names
}

/** "my-design.plain" is named where a file has both parts. */
function lineOfReading(reading: string, names: Names): number | undefined {
  for (const [part, line] of names) {
    if (reading.endsWith(`.${part}`) && names.has(reading.slice(0, -part.length - 1))) return line
  }
  return undefined
}

function fromRoot(file: string): string {
  const { GITHUB_WORKSPACE: workspace } = process.env
  return relative(workspace === undefined || workspace === '' ? process.cwd() : workspace, file).replaceAll('\\', '/')
}
