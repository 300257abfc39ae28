import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { compileHarness } from '../../src/conformance/subject/compile-harness.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gilproof-compile-'))
  vi.stubEnv('XDG_CACHE_HOME', folder)
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

describe('the compilation of the harness', () => {
  it('says what to install if there is no compiler', async () => {
    vi.stubEnv('CC', join(folder, 'no-such-compiler'))

    await expect(compileHarness('executable')).rejects.toThrow(/^MC706: .*no-such-compiler --version" fails.\n.*apt-get install gcc/)
  })

  it('tells what the compiler wrote if it fails, and leaves nothing half-written', async () => {
    const compiler = join(folder, 'failing-compiler')
    writeFileSync(compiler, '#!/bin/sh\n[ "$1" = --version ] && exit 0\necho "there is no stdatomic.h" >&2\nexit 1')
    chmodSync(compiler, 0o755)
    vi.stubEnv('CC', compiler)

    await expect(compileHarness('executable')).rejects.toThrow(/^MC707: .*cannot compile the harness.\nthere is no stdatomic.h/)

    expect(readdirSync(join(folder, 'gilproof'))).toEqual([])
  })

  it('gives the same file to all who ask at once', async () => {
    const [one, other] = await Promise.all([compileHarness('executable'), compileHarness('executable')])

    expect(other).toBe(one)
    expect(readdirSync(join(folder, 'gilproof'))).toHaveLength(1)
  }, 60_000)
})
