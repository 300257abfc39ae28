import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gilproof } from './built-program.ts'

const part = ['prove', '--design', 'status-quo', '--client', 'attach-twice', 'callback-from-fresh-thread', '--threads', '1']

function project(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gilproof-prove-'))
  writeFileSync(join(folder, 'package.json'), '{}')
  return folder
}

describe('gilproof prove', () => {
  it('writes the same reports again, and removes only pages that it wrote', async () => {
    const cwd = project()
    const first = await gilproof([...part, '--out', 'reports'], { cwd })
    const before = readFileSync(join(cwd, 'reports/verdicts.json'), 'utf8')
    writeFileSync(join(cwd, 'reports/stale.md'), '')
    writeFileSync(join(cwd, 'reports/notes.txt'), '')
    const second = await gilproof([...part, '--out', 'reports'], { cwd })

    expect(first.status).toBe(0)
    expect(first.stdout).toContain('no committed verdicts to compare with')
    expect(second.status).toBe(0)
    expect(second.stdout).toContain('as committed')
    expect(readFileSync(join(cwd, 'reports/verdicts.json'), 'utf8')).toBe(before)
    expect(existsSync(join(cwd, 'reports/stale.md'))).toBe(false)
    expect(existsSync(join(cwd, 'reports/notes.txt'))).toBe(true)
  })

  it('ends with 1 when a verdict changed, and says which', async () => {
    const cwd = project()
    await gilproof([...part, '--out', 'reports'], { cwd })
    const file = join(cwd, 'reports/verdicts.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace('"no-fatal-error": "safe"', '"no-fatal-error": "undecided"'))
    const { status, stdout } = await gilproof([...part, '--out', 'reports'], { cwd })
    expect(status).toBe(1)
    expect(stdout).toMatch(/no-fatal-error .*: was undecided, is safe/)
  })

  it('ends with 3 when cells are undecided, and prints JSON alone', async () => {
    const cwd = project()
    const { status, stdout } = await gilproof([...part, '--max-states', '1', '--json'], { cwd })
    expect(status).toBe(3)
    expect(JSON.parse(stdout).undecided.length).toBeGreaterThan(0)
    expect(readdirSync(cwd)).toEqual(['package.json'])
  })

  it('refuses damaged verdicts, a folder of somebody else and one that cannot be written', async () => {
    const cwd = project()
    mkdirSync(join(cwd, 'damaged'))
    writeFileSync(join(cwd, 'damaged/verdicts.json'), '[{')
    mkdirSync(join(cwd, 'theirs'))
    writeFileSync(join(cwd, 'theirs/coverage.html'), '')
    writeFileSync(join(cwd, 'file'), '')
    const folders = [
      ['damaged', 'MC604'],
      ['theirs', 'MC606'],
      ['file/reports', 'MC606'],
    ] as const
    for (const [folder, code] of folders) {
      const { status, stderr } = await gilproof([...part, '--out', folder], { cwd })
      expect(status).toBe(2)
      expect(stderr).toContain(code)
    }
    expect(readdirSync(join(cwd, 'theirs'))).toEqual(['coverage.html'])
  })

  it('leaves the reports as they were on Ctrl-C, and ends with 3', async () => {
    const cwd = project()
    mkdirSync(join(cwd, 'reports'))
    writeFileSync(join(cwd, 'reports/verdicts.json'), '[]')
    writeFileSync(join(cwd, 'reports/README.md'), 'old')
    const { status, stdout } = await gilproof(['prove'], { cwd, interruptAfter: 3_000 })
    expect(status).toBe(3)
    expect(stdout).toMatch(/Interrupted: \d+ of [\d,]+ searches were finished/)
    expect(stdout).toContain('not written: interrupted')
    expect(readFileSync(join(cwd, 'reports/README.md'), 'utf8')).toBe('old')
    expect(readFileSync(join(cwd, 'reports/verdicts.json'), 'utf8')).toBe('[]')
  })
})

describe('gilproof compare', () => {
  it('lists where two readings differ', async () => {
    const { status, stdout } = await gilproof([
      'compare',
      'status-quo',
      'status-quo',
      '--threads',
      '1',
      '--interpreters',
      '1',
      '--max-states',
      '2000',
      '--json',
    ])
    expect([0, 3]).toContain(status)
    expect(JSON.parse(stdout)).toMatchObject({ left: 'status-quo.cpython-3.2', right: 'status-quo.cpython-3.2', differences: [] })
  })
})
