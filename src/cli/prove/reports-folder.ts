import { existsSync, statSync } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import { releasesData, releasesFolder, releasesPage } from '../../report/releases/release-paths.ts'
import { filesBelow } from '../write-files.ts'

/** The file that every folder of ours has: what it lacks was not written by us. */
export const verdictsFile = 'verdicts.json'
/** What `prove --full` writes beside the pages. */
export const fullFile = 'full.json'
/** What `conform --write-report` writes there. */
export const conformanceFile = 'conformance.json'

/** reports/ of the project that the current folder belongs to: beside the nearest package.json, or here where there is none. */
export function usualReportsFolder(from: string): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return join(folder, 'reports')
    if (folder === dirname(folder)) return join(resolve(from), 'reports')
  }
}

/**
 * Refuses, before anything is searched, a folder that cannot be written, or one with files of somebody else: pages that nobody writes any
 * more are removed, and nothing but ours must be.
 */
export async function mustBeOurs(folder: string): Promise<void> {
  await mustBeWritable(folder)
  const files = await filesBelow(folder)
  if (files.length === 0 || [verdictsFile, fullFile, releasesData, conformanceFile].some((file) => files.includes(file))) return
  const message = `found ${files.slice(0, 3).join(', ')} and no ${verdictsFile}; expected an empty folder, or one that gilproof wrote`
  throw new DiagnosticError([{ code: 'MC606', message, hint: 'Give another folder with --out.', place: [folder] }])
}

async function mustBeWritable(folder: string): Promise<void> {
  let nearest = resolve(folder)
  while (!existsSync(nearest)) nearest = dirname(nearest)
  const isFolder = statSync(nearest).isDirectory()
  const isWritable =
    isFolder &&
    (await access(nearest, constants.W_OK).then(
      () => true,
      () => false,
    ))
  if (isWritable) return
  const message = isFolder ? `${nearest} is read-only` : `${nearest} is a file`
  throw new DiagnosticError([
    { code: 'MC606', message: `cannot be written: ${message}`, hint: 'Give another folder with --out.', place: [folder] },
  ])
}

/** Pages of ours that this run did not write; the files of `--full`, of `--releases` and of `conform` belong to other runs. */
export function isStalePage(path: string): boolean {
  const isOfAnotherRun = otherRuns.includes(path) || path.startsWith(`${releasesFolder}/`)
  return !isOfAnotherRun && /\.(md|json)$/.test(path)
}

const otherRuns = [fullFile, conformanceFile, releasesPage, releasesData]
