import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Diagnostic } from '../../foundation/diagnostic.ts'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import { cacheFolder } from './cache-folder.ts'

export type HarnessForm = 'executable' | 'preload library'

const run = promisify(execFile)

const flags: Readonly<Record<HarnessForm, readonly string[]>> = {
  executable: ['-rdynamic'],
  'preload library': ['-shared', '-fPIC', '-DPRELOAD'],
}
const commonFlags = ['-std=gnu11', '-O1', '-g', '-pthread']

const compilations = new Map<string, Promise<string>>()

/**
 * Path of the compiled harness. Compiles it with `cc` (or `$CC`) unless the cache folder has it already; the file's name has a digest of
 * sources, flags and compiler, so a stale one is never used.
 *
 * Cost: about 2 s the first time. Errors: MC706 without a compiler, MC707 if it fails, MC710 where there is no Linux.
 */
export function compileHarness(form: HarnessForm): Promise<string> {
  const known = compilations.get(form)
  if (known !== undefined) return known
  const compilation = compile(form)
  compilations.set(form, compilation)
  // A failure is not kept: the compiler may have been installed when the next one asks.
  compilation.catch(() => compilations.delete(form))
  return compilation
}

async function compile(form: HarnessForm): Promise<string> {
  if (process.platform !== 'linux')
    throw fail('MC710', `The harness needs Linux; this is ${process.platform}.`, 'Run it in a container or a virtual machine.')
  const compiler = process.env['CC'] ?? 'cc'
  const version = await compilerVersion(compiler)
  const folder = sourceFolder()
  const sources = readdirSync(folder)
    .filter((name) => /\.[ch]$/.test(name))
    .sort()
  const options = [...commonFlags, ...flags[form]]
  const digest = createHash('sha256').update(version).update(options.join(' '))
  for (const name of sources) digest.update(name).update(readFileSync(join(folder, name)))
  const target = join(cacheFolder(), `harness-${digest.digest('hex').slice(0, 32)}`)
  if (existsSync(target)) return target
  const unfinished = `${target}.${randomUUID()}`
  const files = sources.filter((name) => name.endsWith('.c')).map((name) => join(folder, name))
  try {
    await run(compiler, [...options, '-o', unfinished, ...files, '-ldl'])
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw fail(
      'MC707',
      `${compiler} cannot compile the harness.\n${outputOf(error)}`,
      'It needs gcc or clang and the headers of the C library.',
    )
  }
  renameSync(unfinished, target)
  return target
}

async function compilerVersion(compiler: string): Promise<string> {
  try {
    return (await run(compiler, ['--version'])).stdout
  } catch {
    throw fail(
      'MC706',
      `There is no C compiler: "${compiler} --version" fails.`,
      'Install one, such as by apt-get install gcc libc6-dev, or name it in $CC.',
    )
  }
}

/** Beside this file when run from source; a built package has its sources next to `dist`. */
function sourceFolder(): string {
  const places = ['../harness/', '../../../../src/conformance/harness/'].map((place) => fileURLToPath(new URL(place, import.meta.url)))
  const found = places.find((place) => existsSync(join(place, 'harness.h')))
  if (found === undefined)
    throw fail('MC707', `The sources of the harness are missing: there is no ${places.join(' and no ')}.`, 'Install the package again.')
  return found
}

function outputOf(error: unknown): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  return text.trim().split('\n').slice(0, 20).join('\n')
}

function fail(code: Diagnostic['code'], message: string, hint: string): DiagnosticError {
  return new DiagnosticError([{ code, message, hint, place: ['conformance harness'] }])
}
