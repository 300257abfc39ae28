import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { vi } from 'vitest'
import { digestOf } from '../../src/foundation/digest.ts'

// A process starts in a fraction of a second; on a busy machine in several.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Builds of sources that have changed since are of no use. */
const oneHour = 3_600_000
const cache = join(root, 'node_modules/.cache/gilproof-test')

/** C files that the program compiles when it needs them. */
const harness = 'src/conformance/harness'

/** The program as it is now, without a type check; built once for all test files. It lies below the project, where its packages are found. */
function build(): string {
  const sources = ['src', 'proofs'].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(ts|c|h)$/.test(path))
      .map((path) => ({ path: join(top, path), text: readFileSync(join(root, top, path), 'utf8') })),
  )
  const folder = join(cache, digestOf(sources.map(({ path, text }) => `${path}\n${text}`).join('\n')).slice(0, 16))
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  for (const old of readdirSync(cache)) {
    if (Date.now() - statSync(join(cache, old)).mtimeMs > oneHour) rmSync(join(cache, old), { recursive: true, force: true })
  }
  const unfinished = mkdtempSync(join(cache, 'unfinished-'))
  for (const { path, text } of sources.filter((source) => source.path.endsWith('.ts'))) {
    const target = join(unfinished, 'dist', path.replace(/\.ts$/, '.js'))
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, ts.transpileModule(text, { compilerOptions }).outputText)
  }
  cpSync(join(root, 'package.json'), join(unfinished, 'package.json'))
  cpSync(join(root, harness), join(unfinished, harness), { recursive: true })
  try {
    renameSync(unfinished, folder)
  } catch (error) {
    // Another test file was faster.
    rmSync(unfinished, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  rewriteRelativeImportExtensions: true,
  verbatimModuleSyntax: true,
}

/** Where the built program lies; `dist` in it mirrors the sources. */
export const builtFolder = build()

/** Its command line. */
export const main = join(builtFolder, 'dist/src/cli/main.js')

export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly environment?: Readonly<Record<string, string>>
  /** Milliseconds until Ctrl-C. */
  readonly interruptAfter?: number
}

/** Runs the command line as a process of its own, without a terminal. */
export function gilproof(options: readonly string[], { cwd = root, environment = {}, interruptAfter }: RunOptions = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const { FORCE_COLOR: _, NO_COLOR: __, ...inherited } = process.env
    const child = spawn(process.execPath, [main, ...options], { cwd, env: { ...inherited, ...environment } })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.on('error', reject)
    if (interruptAfter !== undefined) setTimeout(() => child.kill('SIGINT'), interruptAfter)
    child.on('close', (status) => resolve({ status, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }))
  })
}
