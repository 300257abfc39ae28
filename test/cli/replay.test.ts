import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { digestOf } from '../../src/foundation/digest.ts'
import { minorOf, subjectUnderTest } from '../conformance/subject-under-test.ts'
import { gilproof } from './built-program.ts'

const deadlock = [
  '--design',
  'status-quo',
  '--client',
  'attach-twice',
  '--property',
  'no-deadlock',
  '--threads',
  '1',
  '--interpreters',
  '1',
]
let code = ''

beforeAll(async () => {
  const { stdout } = await gilproof(['check', ...deadlock, '--json'])
  code = JSON.parse(stdout).findings[0].evidence.replayCode
})

/** The code with another part in this place, and a right check. */
function changed(part: number, text: string): string {
  const parts = code.split(':').slice(0, -1)
  parts[part] = text
  const body = parts.join(':')
  return `${body}:${digestOf(body).slice(0, 4)}`
}

describe('gilproof replay', () => {
  it('takes the steps again and confirms the violation', async () => {
    const { status, stdout } = await gilproof(['replay', code])
    expect(status).toBe(0)
    expect(stdout).toMatch(/Replayed: \d+ steps, and the last one violates no-deadlock\.\n$/)
  })

  it('says so as JSON', async () => {
    const { status, stdout } = await gilproof(['replay', code, '--json'])
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ confirmed: true, finding: { status: 'violated', evidence: { replayCode: code } } })
  })

  it.each([
    ['a damaged code', () => code.slice(0, -6), 'MC501', 'Copy the code again'],
    ['no code at all', () => 'nonsense', 'MC501', 'Copy the code again'],
    ['a code of another model', () => changed(5, '0123456789ab'), 'MC502', 'Run the check again'],
    ['an unknown client', () => changed(2, 'attach-twic'), 'MC602', 'attach-twice'],
    ['bounds that are too large', () => changed(4, '9.1.1'), 'MC603', 'expected 1 to 6'],
    ['a choice that is not there', () => changed(6, 'zzz'), 'MC503', 'enabled'],
    ['a trace that ends too early', () => changed(6, '0'), 'MC504', 'not violated'],
  ])('refuses %s', async (_, damage, errorCode, text) => {
    const { status, stdout, stderr } = await gilproof(['replay', damage()])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(errorCode)
    expect(stderr).toContain(text)
  })
})

describe('gilproof replay --python', () => {
  const proposed = readFileSync('reports/verdicts.json', 'utf8').match(/gp1:pitrou[^"]+/)?.[0] ?? ''

  it('makes the calls on a real Python and says step by step whether it agrees', async () => {
    const subject = await subjectUnderTest()
    const { status, stdout } = await gilproof(['replay', code, '--python', subject.path])
    // Up to 3.12 a thread that attaches twice waits for itself; since then it is a fatal error.
    const agrees = minorOf(subject) <= 11
    expect(status).toBe(agrees ? 0 : 1)
    expect(stdout).toContain('1  main thread: start a Python thread() -> thread 1\n     agrees')
    expect(stdout).toMatch(agrees ? /agrees with the model in \d steps, and the failure shows: deadlock\.\n$/ : /differs from the model/)
  })

  it.each([
    ['a design that was never released', () => ['replay', proposed, '--python', '/usr/bin/python3'], 'MC713'],
    ['a C program of one', () => ['report', proposed, '--format', 'c'], 'MC713'],
    ['a Python that is not there', () => ['replay', code, '--python', '/no/such/python'], 'MC702'],
  ])('refuses %s', async (_, command, errorCode) => {
    const { status, stdout, stderr } = await gilproof(command())
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(errorCode)
  })
})

describe('gilproof report', () => {
  it.each([
    ['markdown', /^# .*\n[\s\S]*```mermaid\nsequenceDiagram/],
    ['text', /Trace\n/],
    ['json', /^\{[\s\S]*\}\n$/],
    ['itf', /"format": "ITF"/],
    ['mermaid', /^sequenceDiagram\n/],
    ['c', /^\/\*\n \* attach-twice on status-quo[\s\S]*\nint main\(void\)\n[\s\S]*\}\n$/],
  ])('writes %s', async (format, expected) => {
    const { status, stdout } = await gilproof(['report', code, '--format', format])
    expect(status).toBe(0)
    expect(stdout).toMatch(expected)
  })

  it('writes a file, whole or not at all', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gilproof-report-'))
    const [written, refused] = await Promise.all([
      gilproof(['report', code, '--out', join(folder, 'page.md')]),
      gilproof(['report', code, '--out', join(folder, 'no', 'such', 'page.md')]),
    ])
    expect(written).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(readFileSync(join(folder, 'page.md'), 'utf8')).toMatch(/^# /)
    expect(refused.status).toBe(2)
    expect(refused.stderr).toContain('MC606')
  })

  it('draws the states of a small scenario and refuses a large one', async () => {
    const draw = ['report', '--state-graph', 'dot', '--client', 'attach-twice']
    const [small, large] = await Promise.all([
      gilproof([...draw, '--threads', '1', '--interpreters', '1']),
      gilproof(['report', '--state-graph', 'gexf', '--client', 'handed-over-thread', '--threads', '3']),
    ])
    expect(small.status).toBe(0)
    expect(small.stdout).toMatch(/^digraph "states" \{/)
    expect(large.status).toBe(2)
    expect(large.stderr).toContain('MC609')
  })
})
