import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { askExecutable } from '../../src/conformance/discover/ask-executable.ts'
import { pythonExecutables } from '../../src/conformance/discover/places.ts'

/** A Python that C programs can be compiled against. */
export interface PythonWithHeaders {
  readonly minor: number
  readonly flags: readonly string[]
}

/** Those of CPython 3 on this machine, each minor version once, oldest first. */
export async function pythonsWithHeaders(): Promise<readonly PythonWithHeaders[]> {
  const found = new Map<number, PythonWithHeaders>()
  for (const executable of pythonExecutables()) {
    const python = await withHeaders(executable)
    if (python !== undefined && !found.has(python.minor)) found.set(python.minor, python)
  }
  return [...found.values()].sort((left, right) => left.minor - right.minor)
}

async function withHeaders(executable: string): Promise<PythonWithHeaders | undefined> {
  const answer = await askExecutable(executable).catch(() => undefined)
  const library = answer?.libraries.find((candidate) => existsSync(candidate))
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(answer?.number ?? '') ?? []
  if (answer === undefined || library === undefined || major !== '3' || answer.implementation !== 'CPython') return undefined
  const name = /^lib(python\d\.\d+[a-z]*)\.so/.exec(basename(library))?.[1] ?? ''
  const headers = join(answer.basePrefix, 'include', name)
  if (!existsSync(join(headers, 'Python.h'))) return undefined
  const folder = dirname(library)
  return { minor: Number(minor), flags: [`-I${headers}`, `-L${folder}`, `-l${name}`, `-Wl,-rpath,${folder}`, '-lpthread'] }
}

/** Compiles a program without a warning and runs it; its exit status, and what it printed. */
export async function compileAndRun(
  source: string,
  { flags }: PythonWithHeaders,
): Promise<{ readonly status: number; readonly printed: string }> {
  const program = source.replace(/\.c$/, `-${basename(flags[2] ?? '')}`)
  await promisify(execFile)('cc', ['-std=gnu99', '-Wall', '-Wextra', '-Werror', source, '-o', program, ...flags])
  return promisify(execFile)(program, { timeout: 20_000 }).then(
    ({ stdout }) => ({ status: 0, printed: stdout }),
    (error: { readonly code?: number; readonly stdout?: string }) => ({ status: error.code ?? -1, printed: error.stdout ?? '' }),
  )
}
