import { describe, expect, it } from 'vitest'
import { laterClients } from '../../../src/model/clients/later-catalog.ts'
import { laterReadings } from '../../../src/model/designs/later-catalog.ts'
import { promises } from '../../../src/properties/catalog/catalog.ts'
import { judge } from '../../properties/judge.ts'

const asked = [
  'runs-in-its-interpreter',
  'no-fatal-error',
  'nothing-freed-is-used',
  'no-null-thread-state-is-used',
  'pair-restores-attachment',
  'pair-restores-slot',
  'one-live-thread-state-per-thread-and-interpreter',
  'nothing-leaks-at-rest',
]

/** Names of the promises that a client breaks on a reading. */
async function broken(reading: string, client: string): Promise<readonly string[]> {
  const policy = laterReadings.find(({ name }) => name === reading)?.reading.policy
  const found = laterClients.find(({ name }) => name === client)
  if (policy === undefined || found === undefined) throw new TypeError(`no ${reading}, or no ${client}`)
  const wanted = promises.filter(({ name }) => asked.includes(name))
  const { verdicts } = await judge({ policy, client: found }, wanted)
  return verdicts.filter(({ kind }) => kind !== 'holds').map(({ property }) => property)
}

const everyClient = laterClients.map(({ name }) => name)

describe('clients of guards', () => {
  it('have names of their own', () => {
    expect(new Set(everyClient).size).toBe(everyClient.length)
  })

  it.each(everyClient)('are all right where Release takes the old thread state and puts the slot back: %s', async (client) => {
    expect(await broken('pep-788.thread-reference', client)).toEqual([])
    expect(await broken('pep-788.released-with-the-remembered-put-back', client)).toEqual([])
  })

  it.each(everyClient.filter((name) => name !== 'migrated-visitor'))('are all right on 3.15: %s', async (client) => {
    expect(await broken('pep-788.as-released', client)).toEqual([])
  })

  // Seen on CPython 3.15.2, release and debug: after Release the thread remembers nothing, and gets a second thread state of main.
  it('lose, on 3.15, the thread state they remember when they visit another interpreter', async () => {
    expect(await broken('pep-788.as-released', 'migrated-visitor')).toEqual([
      'pair-restores-slot',
      'one-live-thread-state-per-thread-and-interpreter',
    ])
  })

  it('cannot nest where Release has no argument', async () => {
    expect(await broken('pep-788.references', 'migrated-nested-callback-while-detached')).toEqual([
      'no-fatal-error',
      'pair-restores-attachment',
    ])
  })

  it('are detached by the reviewed pull request', async () => {
    expect(await broken('pep-788.reviewed-head', 'guarded-callback-while-attached')).toContain('pair-restores-attachment')
  })

  it('lose their own thread state by the C code of the accepted text', async () => {
    expect(await broken('pep-788.accepted-pseudo-code', 'guarded-callback-while-detached')).toContain('nothing-freed-is-used')
  })

  it('run in a freed interpreter where nothing keeps it alive', async () => {
    expect(await broken('ensure-with-interpreter.slot-is-used', 'migrated-late-callback')).toContain('nothing-freed-is-used')
  })
})
