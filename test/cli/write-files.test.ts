import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { filesBelow, writeFolder } from '../../src/cli/write-files.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gilproof-write-files-'))
})
afterEach(() => rm(folder, { recursive: true }))

function write(files: Readonly<Record<string, string>>): Promise<void> {
  return writeFolder(folder, new Map(Object.entries(files)), (path) => path.endsWith('.md'))
}

/** A file that is written anew is another file of the same name. */
async function identityOf(path: string): Promise<number> {
  return (await stat(join(folder, path))).ino
}

describe('writing a folder', () => {
  it('leaves alone a file that has its text already, and replaces one that has not', async () => {
    await write({ 'same.md': 'one', 'below/other.md': 'two' })
    const [same, other] = [await identityOf('same.md'), await identityOf('below/other.md')]
    await write({ 'same.md': 'one', 'below/other.md': 'three' })
    expect(await identityOf('same.md')).toBe(same)
    expect(await identityOf('below/other.md')).not.toBe(other)
    expect(await readFile(join(folder, 'below/other.md'), 'utf8')).toBe('three')
  })

  it('removes stale files and folders that they leave empty', async () => {
    await write({ 'old/page.md': 'one', 'kept.txt': 'two' })
    await write({ 'new.md': 'three' })
    expect(await filesBelow(folder)).toEqual(['kept.txt', 'new.md'])
  })
})
