import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { changeKinds } from '../src/gate/compare-cells.ts'
import { readManifest } from '../src/gate/read-manifest.ts'
import { titleOf } from '../src/gate/say-change.ts'

const page = readFileSync('docs/gate.md', 'utf8')
const action = readFileSync('action.yml', 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'gilproof-action-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('docs/gate.md', () => {
  it('shows a manifest that is one', () => {
    const [, json = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? []
    expect(readManifest(json, 'docs/gate.md')).toMatchObject({ ok: true })
  })

  it('has a row for every kind of change, by its title', () => {
    for (const kind of changeKinds) expect(page).toContain(`\n| ${titleOf(kind)} |`)
  })
})

/** The script of the action with a stand-in for npx, which writes down what it is given. */
function runAction(inputs: Readonly<Record<string, string>>): {
  readonly status: number | null
  readonly given: readonly string[]
  readonly outputs: string
} {
  const [, script = ''] = /\n {6}run: \|\n([\s\S]*)$/.exec(action) ?? []
  const npx = 'npx() { printf "%s\\n" "$@" > given; return 3; }\n'
  writeFileSync(join(folder, 'outputs'), '')
  const environment = {
    PATH: process.env['PATH'],
    GITHUB_OUTPUT: 'outputs',
    RESULTS: 'results',
    CACHE: 'cache',
    SHARD: '',
    BUDGET: '',
    VERSION: '',
    ...inputs,
  }
  const { status } = spawnSync('bash', ['-eo', 'pipefail', '-c', npx + script.replace(/^ {8}/gm, '')], { cwd: folder, env: environment })
  return {
    status,
    given: readFileSync(join(folder, 'given'), 'utf8').trimEnd().split('\n'),
    outputs: readFileSync(join(folder, 'outputs'), 'utf8'),
  }
}

describe('action.yml', () => {
  it('runs the gate and ends as it does', () => {
    const { status, given, outputs } = runAction({ MANIFEST: 'gilproof.gate.json' })
    expect(status).toBe(3)
    expect(given.slice(0, 6)).toEqual(['--no-install', 'gilproof', 'gate', 'gilproof.gate.json', '--cache', 'cache'])
    expect(given).not.toContain('--shard')
    expect(outputs).toContain('result=results/gilproof-gate.json\n')
  })

  it('hands over inputs as data, never as text of the script', () => {
    expect(action.slice(action.indexOf('run: |'))).not.toContain('${{')
    const { given } = runAction({ MANIFEST: 'a $(touch x) b', SHARD: '1/2', BUDGET: '5m', VERSION: '0.1.0' })
    expect(given.slice(0, 4)).toEqual(['--yes', 'gilproof@0.1.0', 'gate', 'a $(touch x) b'])
    expect(given.slice(-4)).toEqual(['--shard', '1/2', '--budget', '5m'])
  })
})
