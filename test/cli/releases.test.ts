import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gilproof } from './built-program.ts'

const makerThread = 'swig-callback-on-maker-thread'
const small = ['--threads', '1', '--interpreters', '2']

describe('releases on the command line', () => {
  it('are compared, with the traces of what differs where a client is named', async () => {
    const { status, stdout } = await gilproof(['compare', 'cpython-3.11', 'cpython-3.12', '--client', makerThread])
    expect(status).toBe(0)
    expect(stdout).toContain(`${makerThread} / runs-in-its-interpreter\n  violated on cpython-3.11.release, safe on cpython-3.12.release`)
    expect(stdout).toMatch(/Replay: gilproof replay gp1:cpython-3\.11\.release:/)
    expect(stdout).toMatch(/cpython-3\.11\.release and cpython-3\.12\.release differ in \d+ cells?\./)
    // One schedule on both.
    expect(stdout).toContain('The schedule of cpython-3.11.release, run on cpython-3.12.release too: both take')
  })

  it('are compared as JSON with the schedule of each difference run on both', async () => {
    const { stdout } = await gilproof(['compare', 'cpython-3.11', 'cpython-3.12', '--client', makerThread, '--json', ...small])
    const { differences } = JSON.parse(stdout)
    expect(differences.length).toBeGreaterThan(0)
    for (const { alignment } of differences) {
      expect(alignment).toMatchObject({
        schedule: expect.stringMatching(/^cpython-3/),
        values: expect.any(Array),
        ownSteps: expect.any(Number),
      })
      expect('parting' in alignment).toBe(!('afterwards' in alignment))
    }
  })

  it('are checked by their number, and a version without a profile says which one it behaves as', async () => {
    const { status, stdout, stderr } = await gilproof(['check', '--design', 'cpython-3.10.debug', '--client', makerThread, ...small])
    expect(status).toBe(1)
    expect(stderr).toBe('CPython 3.10 behaves as 3.9.\n')
    expect(stdout).toContain(`cpython-3.9.debug / ${makerThread}`)
  })

  it('replay', async () => {
    const { stdout } = await gilproof(['check', '--design', 'cpython-3.11', '--client', makerThread, ...small])
    const [, code = ''] = /gilproof replay (gp1:\S+)/.exec(stdout) ?? []
    const { status, stdout: replayed } = await gilproof(['replay', code])
    expect([status, replayed]).toEqual([0, expect.stringContaining('and the last one violates runs-in-its-interpreter')])
  })

  it('are proved in a plan of their own, which writes nothing when it is interrupted', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gilproof-releases-'))
    try {
      const { status, stdout } = await gilproof(['prove', '--releases', '--out', folder], { interruptAfter: 3_000 })
      expect(status).toBe(3)
      expect(stdout).toContain('not written: interrupted')
      expect(readdirSync(folder)).toEqual([])
    } finally {
      rmSync(folder, { recursive: true })
    }
    const mixed = await gilproof(['prove', '--releases', '--design', 'pitrou'])
    expect([mixed.status, mixed.stderr]).toEqual([2, expect.stringContaining('MC607')])
  })

  it('are refused where nobody modelled them', async () => {
    const { status, stderr } = await gilproof(['check', '--design', 'cpython-3.1', '--client', makerThread])
    expect(status).toBe(2)
    expect(stderr).toContain('MC601: there is no design "cpython-3.1"')
  })

  it('are listed apart from what was only proposed', async () => {
    const { stdout } = await gilproof(['list', 'designs'])
    const headings = stdout.split('\n').filter((line) => /^[A-Z]+[ ;]/.test(line))
    expect(headings).toEqual([
      'THE DEBATE OF 2010 AND 2011',
      'SINCE THE DEBATE',
      'RELEASED; cpython-3.12 is short for cpython-3.12.release',
    ])
  })
})
