import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { statusQuoCodes } from '../conformance/committed-codes.ts'
import { gilproof } from './built-program.ts'

const code = statusQuoCodes.find((text) => text.includes(':end-interpreter-then-ensure:no-thread-waits-for-itself:')) ?? ''
const proposed = readFileSync('reports/verdicts.json', 'utf8').match(/gp1:coghlan[^"]+/)?.[0] ?? ''

/** A folder with an xdg-open that notes what it is to open, and ends so. */
function opener(status: number): {
  readonly folder: string
  readonly opened: string
  readonly environment: Readonly<Record<string, string>>
} {
  const folder = mkdtempSync(join(tmpdir(), 'gilproof-open-'))
  const opened = join(folder, 'opened')
  const program = join(folder, 'xdg-open')
  writeFileSync(program, `#!/bin/sh\nprintf %s "$1" > '${opened}'\nexit ${status}\n`)
  chmodSync(program, 0o755)
  return { folder, opened, environment: { PATH: `${folder}:${process.env['PATH'] ?? ''}`, TMPDIR: folder } }
}

describe('gilproof report --format html', () => {
  it('prints a page with the commands and the C program of the counterexample', async () => {
    const { status, stdout, stderr } = await gilproof(['report', code, '--format', 'html'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^<!DOCTYPE html>[\s\S]*<\/html>\n$/)
    expect(stdout).toContain(`gilproof replay ${code} --python /usr/bin/python3`)
    expect(stdout).toContain('#include &lt;Python.h&gt;')
  })

  it('says why there is no C program of a design that was never released', async () => {
    const { status, stdout } = await gilproof(['report', proposed, '--format', 'html'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/There is none: [^<]*was proposed and never released/)
    expect(stdout).not.toContain('--python /usr/bin/python3')
  })

  it('writes the page and has the platform open it', async () => {
    const { folder, opened, environment } = opener(0)
    const file = join(folder, 'page.html')
    const { status, stdout, stderr } = await gilproof(['report', code, '--format', 'html', '--output', file, '--open'], { environment })
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: `The page is ${file}\n` })
    expect(readFileSync(opened, 'utf8')).toBe(file)
    expect(readFileSync(file, 'utf8')).toContain('<!DOCTYPE html>')
  })

  it('opens a page in a temporary folder where no file is named', async () => {
    const { folder, opened, environment } = opener(0)
    const { status } = await gilproof(['report', code, '--format', 'html', '--open'], { environment })
    expect(status).toBe(0)
    const file = readFileSync(opened, 'utf8')
    expect(file.startsWith(folder)).toBe(true)
    expect(readFileSync(file, 'utf8')).toContain('<!DOCTYPE html>')
  })

  it.each([
    ['fails', opener(3).environment, 'it ended with 3'],
    ['is missing', { PATH: '/nowhere' }, 'ENOENT'],
  ])('says where the page is when the opener %s', async (_, environment, why) => {
    const folder = mkdtempSync(join(tmpdir(), 'gilproof-open-'))
    const file = join(folder, 'page.html')
    const { status, stderr } = await gilproof(['report', code, '--format', 'html', '--out', file, '--open'], { environment })
    expect(status).toBe(2)
    expect(stderr).toContain('MC613')
    expect(stderr).toContain(why)
    expect(stderr).toContain(`Open ${file} in a browser yourself.`)
    expect(existsSync(file)).toBe(true)
  })

  it.each([
    ['json', ['--format', 'json'], 'with the format json'],
    ['no format', [], 'with no format'],
  ])('refuses to open %s', async (_, options, found) => {
    const { status, stdout, stderr } = await gilproof(['report', code, ...options, '--open'])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain('MC607')
    expect(stderr).toContain(found)
  })
})
