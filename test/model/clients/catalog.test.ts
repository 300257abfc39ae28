import { describe, expect, it } from 'vitest'
import { clients } from '../../../src/model/clients/catalog.ts'
import type { Client } from '../../../src/model/clients/client.ts'
import { describeBounds } from '../../../src/model/cpython/bounds.ts'
import { cpython32 } from '../../../src/model/cpython/versions/cpython-3-2.ts'
import { validateSystem } from '../../../src/model/language/validate.ts'
import { elaborate } from '../../../src/model/scenarios/elaborate.ts'
import { judgeClient } from './judge-client.ts'

const alone = { threads: 1, interpreters: 1, rounds: 1 }
const mainOnly = { threads: 2, interpreters: 1, rounds: 1 }
const two = { threads: 2, interpreters: 2, rounds: 1 }
const twice = { threads: 1, interpreters: 2, rounds: 2 }
const applicable = clients.filter((client) => client.doesNotApply?.(cpython32) === undefined)
const ofKind = (kind: Client['kind']): readonly Client[] => applicable.filter((client) => client.kind === kind)

describe('the client catalogue', () => {
  it('names every client once', () => {
    const names = clients.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
  })

  it('applies every client but the migrated ones to the status quo', () => {
    const left = clients.filter((client) => !applicable.includes(client))
    expect(left.map(({ kind }) => kind)).toEqual(left.map(() => 'migrated'))
    expect(left).toHaveLength(10)
  })

  it.each(applicable)('writes valid systems of $name', (client) => {
    for (const bounds of [alone, two]) {
      const { compile } = elaborate({ reading: 'cpython-3.2', policy: cpython32, client, bounds })
      for (const merge of [false, true]) {
        const checked = validateSystem(compile({ merge, visible: new Set() }).system)
        expect(checked.ok ? [] : checked.diagnostics).toEqual([])
      }
    }
  })

  it.each(ofKind('unmodified'))('keeps every promise to $name in the main interpreter alone', async (client) => {
    const { runsInItsInterpreter, deadlock, fatalError, undefinedBehaviour } = await judgeClient(client, mainOnly)
    expect(runsInItsInterpreter).toMatchObject({ kind: 'holds', premiseOccurred: true })
    expect([deadlock.kind, fatalError.kind, undefinedBehaviour.kind]).toEqual(['holds', 'holds', 'holds'])
  })

  it.each(ofKind('wrong'))('shows the mistake of $name', async (client) => {
    const { deadlock, fatalError, undefinedBehaviour } = await judgeClient(client, two)
    const noticed = [deadlock, fatalError, undefinedBehaviour].some(({ kind }) => kind === 'violated')
    // A borrowed thread state works in 3.2, as long as all wait for their turn: nothing notices.
    expect(noticed).toBe(client.name !== 'attach-anothers-thread-state')
  })

  it('runs code of the status quo in these interpreters', { timeout: 60_000 }, async () => {
    const lines = [row('client', describeBounds(two), describeBounds(twice))]
    for (const client of applicable) {
      const verdicts = [await judgeClient(client, two), await judgeClient(client, twice)]
      lines.push(row(client.name, ...verdicts.map(({ runsInItsInterpreter: it }) => (it.premiseOccurred ? it.kind : 'never exercised'))))
    }
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../../golden/status-quo-runs-in-its-interpreter.txt')
  })
})

function row(...cells: readonly string[]): string {
  return cells
    .map((cell, i) => cell.padEnd(i === 0 ? 42 : 36))
    .join('')
    .trimEnd()
}
