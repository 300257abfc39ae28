import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { replayableCell } from '../../src/cli/replay/replayable-cell.ts'
import { reproductionOf } from '../../src/cli/replay/reproduction-of.ts'
import { renderCProgram } from '../../src/report/c-reproducer.ts'
import { catalogs, committed } from './committed-codes.ts'
import type { PythonWithHeaders } from './pythons-with-headers.ts'
import { compileAndRun, pythonsWithHeaders } from './pythons-with-headers.ts'

/** Counterexamples of the status quo, and the last release that still has the failure: what the models of the releases say. */
const still = 99
const cells: readonly (readonly [client: string, promise: string, last: number])[] = [
  ['swig-callback-on-maker-thread', 'runs-in-its-interpreter', 11],
  ['callback-while-attached-on-maker-thread', 'no-deadlock', 11],
  ['handed-over-thread', 'runs-in-its-interpreter', 11],
  ['mod-wsgi-pool', 'runs-in-its-interpreter', 11],
  ['ensure-then-new-interpreter', 'runs-in-its-interpreter', 11],
  ['end-interpreter-then-ensure', 'no-thread-waits-for-itself', 11],
  ['ensure-swap-release', 'no-fatal-error', 11],
  ['callback-from-fresh-thread', 'runs-in-its-interpreter', still],
  ['nested-callback-while-detached', 'runs-in-its-interpreter', still],
  ['helper-thread-of-two-interpreters', 'runs-in-its-interpreter', still],
  ['attach-anothers-thread-state', 'thread-state-stays-on-its-thread', still],
  ['delete-anothers-thread-state', 'slots-never-dangle', still],
]

const folder = mkdtempSync(join(tmpdir(), 'gilproof-c-'))
let pythons: readonly PythonWithHeaders[] = []

beforeAll(async () => {
  const all = await pythonsWithHeaders()
  // The newest that has all the failures, and the newest of all.
  const chosen = [all.findLast(({ minor }) => minor <= 11), all.at(-1)]
  pythons = [...new Set(chosen)].filter((python) => python !== undefined)
}, 30_000)

describe('the C program of a counterexample', () => {
  it('has a Python with headers and a shared library to be compiled against', () => {
    expect(pythons.length, 'Install one: apt-get install libpython3-dev').toBeGreaterThan(0)
  })

  it.concurrent.each(cells)(
    '%s shows on a real Python that %s is broken, up to 3.%d',
    async (client, promise, last) => {
      const cell = committed(client, promise)
      const source = join(folder, `${client}-${promise}.c`)
      writeFileSync(source, renderCProgram(reproductionOf(cell.finding, replayableCell(cell, catalogs), catalogs)))

      for (const python of pythons) {
        const { status, printed } = await compileAndRun(source, python)
        expect({ minor: python.minor, status, printed }).toEqual({
          minor: python.minor,
          status: python.minor <= last ? 0 : 1,
          printed: expect.stringMatching(/^step 1: [\s\S]*the failure (shows|does not show)\n$/),
        })
      }
    },
    60_000,
  )
})
