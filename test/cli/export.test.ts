import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runEtfChecker } from '../support/etf-checker.ts'
import { gilproof } from './built-program.ts'

const folder = mkdtempSync(join(tmpdir(), 'gilproof-export-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const scenario = ['--design', 'status-quo', '--client', 'callback-from-fresh-thread', '--threads', '1']

describe('gilproof export', () => {
  it('writes a model to standard output, with the number of states that is expected', async () => {
    const { status, stdout, stderr } = await gilproof(['export', '--to', 'promela', ...scenario, '--no-properties'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^\/\*\n \* status-quo\.cpython-3\.2/)
    expect(stdout).toMatch(/Expected: \d+ reachable states/)
  })

  it('writes a module and its configuration beside each other', async () => {
    const { status, stdout } = await gilproof([
      'export',
      '--to',
      'tla',
      ...scenario,
      '--no-count',
      '--output',
      join(folder, 'Callback.tla'),
    ])
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
    expect(readdirSync(folder).sort()).toEqual(['Callback.cfg', 'Callback.tla'])
    expect(readFileSync(join(folder, 'Callback.tla'), 'utf8')).toMatch(/^-+ MODULE Callback -+\n/)
  })

  it('writes tables with the number of states that they lead to', async () => {
    const { status, stdout } = await gilproof(['export', '--to', 'etf', ...scenario, '--no-properties'])
    expect(status).toBe(0)
    expect(stdout).toContain(`Expected: ${runEtfChecker(new Map([['.etf', stdout]])).states} reachable states`)
  })

  it.each([
    [['--to', 'promela', '--design', 'coghlan', '--client', 'mod-wsgi-pool'], 'MC607', 'coghlan.owner-is-used'],
    [['--to', 'alloy', ...scenario], 'MC607', 'promela, murphi, tla, etf'],
    [['--to', 'murphi', ...scenario, '--output', 'my model.m'], 'MC607', 'letters, digits'],
    [
      [
        '--to',
        'promela',
        '--design',
        'pep-788.as-released',
        '--client',
        'guarded-callback-while-detached',
        '--property',
        'guards-can-always-be-closed',
      ],
      'MC802',
      'can-always-reach',
    ],
    [scenario, 'MC607', '--to'],
    [['--to', 'etf', ...scenario, '--max-states', '5'], 'MC803', 'the search ended early (5 states'],
    [['--to', 'tla', ...scenario, '--no-count', '--max-states', '5'], 'MC607', 'found --max-states together with --no-count'],
    [['--to', 'tla', ...scenario, '--no-properties', '--property', 'no-deadlock'], 'MC607', 'found --property together with'],
  ])('refuses %j', async (options, code, text) => {
    const { status, stdout, stderr } = await gilproof(['export', ...options])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(code)
    expect(stderr).toContain(text)
  })
})
