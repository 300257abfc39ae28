import { createHash } from 'node:crypto'
import { accessSync, constants, createReadStream, existsSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { ErrorCode } from '../../foundation/error-codes.ts'
import type { SubjectLocation } from '../subject/harness-command.ts'
import { HarnessWorker } from '../subject/run-schedule.ts'
import type { Subject } from '../subject/subject.ts'
import type { ExecutableAnswer } from './ask-executable.ts'
import { askExecutable } from './ask-executable.ts'
import { readElfFile } from './elf-file.ts'
import type { UnpackedRoot } from './own-loader.ts'
import { unpackedRootAround, unpackedRootAt } from './own-loader.ts'
import { librariesIn } from './places.ts'

export interface SubjectOptions {
  /** Milliseconds a python executable may take to answer. Default: 10 000. */
  readonly limit?: number
}

/**
 * The subject at a path: of a libpython, of a python executable (its libpython if it has one, else it is preloaded), or of the root folder
 * of an unpacked system that has one libpython.
 *
 * Cost: about 100 ms, as the subject is started once. Errors: MC701 to MC705 and those of `compileHarness`.
 */
export async function subjectAt(path: string, options: SubjectOptions = {}): Promise<Subject> {
  const absolute = resolve(path)
  if (!existsSync(absolute)) throw fail('MC702', path, 'There is no such file.', 'Check the path.')
  if (statSync(absolute).isDirectory()) return subjectInFolder(absolute)
  return isLibrary(absolute) ? subjectOfLibrary(realpathSync(absolute)) : subjectOfExecutable(absolute, options)
}

/** Subjects of all libpythons of an unpacked system; MC702 if the folder is none. */
export async function subjectsInFolder(folder: string): Promise<readonly Subject[]> {
  const subjects: Subject[] = []
  for (const library of librariesOfRoot(resolve(folder))) subjects.push(await subjectOfLibrary(library))
  return subjects
}

function isLibrary(path: string): boolean {
  return /\.so(\.|$)/.test(basename(path))
}

function librariesOfRoot(folder: string): readonly string[] {
  const root = unpackedRootAt(folder)
  const libraries = root === undefined ? [] : librariesIn(root.libraryFolders)
  if (libraries.length > 0) return libraries
  throw fail(
    'MC702',
    folder,
    root === undefined ? 'The folder is no unpacked system: it has no lib64/ld-linux*.so.*.' : 'The unpacked system has no libpython.',
    'Give the path of a python executable, of a libpython*.so, or of the root folder of an unpacked system.',
  )
}

async function subjectInFolder(folder: string): Promise<Subject> {
  const libraries = librariesOfRoot(folder)
  const [library, ...others] = libraries
  if (library !== undefined && others.length === 0) return subjectOfLibrary(library)
  throw fail('MC702', folder, `The unpacked system has ${libraries.length} Pythons.`, `Give one of them: ${libraries.join(', ')}.`)
}

async function subjectOfLibrary(path: string): Promise<Subject> {
  checkElf(path)
  const root = unpackedRootAround(path)
  if (root !== undefined) return started({ how: 'own loader', path, home: root.prefix, loader: loaderOf(root) })
  return started({ how: 'shared library', path, ...homeOfLibrary(path) })
}

function loaderOf({ loader, libraryFolders }: UnpackedRoot): { path: string; libraryPath: string } {
  return { path: loader, libraryPath: libraryFolders.join(':') }
}

/** The folder above `lib`, if the standard library is there; otherwise Python knows best. */
function homeOfLibrary(path: string): { home?: string } {
  const version = /^libpython(\d\.\d+)/.exec(basename(path))?.[1]
  const candidates = [dirname(dirname(path)), dirname(dirname(dirname(path)))]
  const home = candidates.find((folder) => existsSync(join(folder, 'lib', `python${version}`, 'os.py')))
  return home === undefined ? {} : { home }
}

async function subjectOfExecutable(path: string, { limit }: SubjectOptions): Promise<Subject> {
  checkElf(path)
  const root = unpackedRootAround(path)
  if (root !== undefined) return subjectOfLibrary(libraryBeside(path, root))
  const answer = await askExecutable(path, limit)
  if (answer.implementation !== 'CPython')
    throw fail('MC701', path, `It is ${answer.implementation}, not CPython.`, 'Only CPython has the C API that schedules call.')
  return started(locationOf(answer))
}

/** An executable of an unpacked system cannot be asked, as this system may lack what it needs; its name says which libpython it has. */
function libraryBeside(path: string, root: UnpackedRoot): string {
  const name = basename(realpathSync(path)).replace('python', 'libpython')
  const library = librariesIn(root.libraryFolders).find((candidate) => basename(candidate).startsWith(`${name}.so`))
  if (library !== undefined) return library
  throw fail('MC702', path, `It belongs to an unpacked system, which has no ${name}.so.`, 'Unpack the package of its libpython too.')
}

/** Where to load the Python of an executable from: a shared library if it has one, though it may not use it itself. */
export function locationOf({ executable, basePrefix, libraries }: ExecutableAnswer): SubjectLocation {
  const library = libraries.find((candidate) => existsSync(candidate))
  if (library === undefined) return { how: 'preloaded executable', path: executable, home: basePrefix }
  return { how: 'shared library', path: realpathSync(library), home: basePrefix }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A script is no ELF file, and may well lead to a Python: only what is for another machine is refused. */
function checkElf(path: string): void {
  const elf = readElfFile(path)
  if (!isLibrary(path) && !isExecutable(path))
    throw fail('MC701', path, 'It is neither executable nor a library.', 'Give a python executable or a libpython*.so.')
  if (elf === undefined && isLibrary(path))
    throw fail('MC701', path, 'It is no library: it does not begin like an ELF file.', 'Give a libpython*.so or a python executable.')
  if (elf !== undefined && !elf.isForThisMachine)
    throw fail(
      'MC703',
      path,
      `It is for ${elf.machine}; this machine is ${process.arch}.`,
      'Give a Python that was built for this machine.',
    )
}

/** Starts the subject once: only so is it known that it can be used, and which version it really is. */
export async function started(location: SubjectLocation): Promise<Subject> {
  const worker = await HarnessWorker.start(location)
  const { version, debug } = worker.ready
  await worker.close()
  const name = `CPython ${version.split(' ')[0]}${debug ? ' debug' : ''}`
  return { name, version, debug, ...location, digest: await digestOf(location.path) }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

function fail(code: ErrorCode, path: string, message: string, hint: string): DiagnosticError {
  return new DiagnosticError([{ code, message, hint, place: [path] }])
}
