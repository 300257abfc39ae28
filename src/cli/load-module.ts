import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createJiti } from 'jiti'
import type { Diagnostic } from '../foundation/diagnostic.ts'
import { DiagnosticError } from '../foundation/diagnostic.ts'
import { describe, isRecord } from '../foundation/expect-shape.ts'
import type { Client } from '../model/clients/client.ts'
import type { ClientDefinition } from '../model/clients/define-client.ts'
import { defineClient, validateClient } from '../model/clients/define-client.ts'
import type { DesignDefinition } from '../model/designs/define-design.ts'
import { defineDesign, validateDesign } from '../model/designs/define-design.ts'
import type { NamedReading } from '../model/designs/design.ts'
import { readingsOf } from '../model/designs/design.ts'
import type { PromiseDefinition } from '../properties/catalog/define-promise.ts'
import { definePromise, validatePromise } from '../properties/catalog/define-promise.ts'
import type { Promised } from '../properties/catalog/promise.ts'
import type { Additions } from './cells/catalogs.ts'

const entryPoints = ['index', 'model', 'cpython', 'properties', 'checker', 'report'] as const

/** Runs a file of the user, TypeScript or JavaScript, and takes designs, clients and promises from its exports. MC604 or MC605 otherwise. */
export async function loadModule(path: string): Promise<Additions> {
  const file = resolve(path)
  if (!existsSync(file)) throw cannotLoad(path, 'there is no such file', 'Check the path; it is looked up from the current folder.')
  let exported: unknown
  try {
    const jiti = createJiti(pathToFileURL(file).href, { virtualModules: await ownModules(), fsCache: false, interopDefault: false })
    exported = await jiti.import(file)
  } catch (error) {
    if (error instanceof DiagnosticError) throw within(path, error)
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    throw cannotLoad(
      path,
      `the file fails while it is loaded: ${text.split('\n')[0]}`,
      'Correct the file; it is run like any program.',
      error,
    )
  }
  return usableExports(path, exported)
}

/**
 * The public entry points of this very program, so that a module works wherever it lies and whichever gilproof is installed beside it.
 * Not imported the usual way: no file of src may lean on the doors of the package, but a user's file does.
 */
async function ownModules(): Promise<Record<string, unknown>> {
  const ending = import.meta.url.slice(-3)
  const modules = await Promise.all(
    entryPoints.map(async (name): Promise<[string, unknown]> => {
      const exported: unknown = await import(new URL(`../${name}${ending}`, import.meta.url).href)
      return [name === 'index' ? 'gilproof' : `gilproof/${name}`, exported]
    }),
  )
  return Object.fromEntries(modules)
}

interface Found {
  readonly readings: NamedReading[]
  readonly clients: Client[]
  readonly promises: Promised[]
  readonly diagnostics: Diagnostic[]
}

function usableExports(path: string, exported: unknown): Additions {
  const found: Found = { readings: [], clients: [], promises: [], diagnostics: [] }
  const values = isRecord(exported) ? Object.entries(exported) : []
  const seen = new Set<unknown>()
  for (const [name, value] of values) {
    if (seen.has(value)) continue
    seen.add(value)
    take(found, value, [path, `export ${name}`])
  }
  if (found.diagnostics.length > 0) throw new DiagnosticError(found.diagnostics)
  if (found.readings.length + found.clients.length + found.promises.length > 0) return found
  const names = values.map(([name, value]) => `${name} (${describe(value)})`).join(', ')
  const message = `found ${names === '' ? 'no exports' : `the exports ${names}`}; expected a design, a client or a promise`
  const hint = 'Export one made with defineDesign, defineClient or definePromise of gilproof/cpython.'
  throw new DiagnosticError([{ code: 'MC605', message, hint, place: [path] }])
}

/** What an export is meant to be shows in the one field that nothing else has; helpers of other kinds may be exported too. */
function take(found: Found, value: unknown, place: readonly string[]): void {
  if (isDefinition<DesignDefinition>(value, 'readings')) {
    const diagnostics = validateDesign(value, place)
    found.diagnostics.push(...diagnostics)
    if (diagnostics.length === 0) found.readings.push(...readingsOf(defineDesign(value)))
  } else if (isDefinition<ClientDefinition>(value, 'write')) {
    const diagnostics = validateClient(value, place)
    found.diagnostics.push(...diagnostics)
    if (diagnostics.length === 0) found.clients.push(defineClient(value))
  } else if (isDefinition<PromiseDefinition>(value, 'formulate')) {
    const diagnostics = validatePromise(value, place)
    found.diagnostics.push(...diagnostics)
    if (diagnostics.length === 0) found.promises.push(definePromise(value))
  }
}

/** Only meant to be one: every use validates it first. */
function isDefinition<Definition extends object>(value: unknown, field: keyof Definition & string): value is Definition {
  return isRecord(value) && value[field] !== undefined
}

function within(path: string, { diagnostics }: DiagnosticError): DiagnosticError {
  return new DiagnosticError(diagnostics.map((diagnostic) => ({ ...diagnostic, place: [path, ...diagnostic.place] })))
}

function cannotLoad(path: string, message: string, hint: string, cause?: unknown): DiagnosticError {
  return new DiagnosticError([{ code: 'MC604', message, hint, place: [path] }], { cause })
}
