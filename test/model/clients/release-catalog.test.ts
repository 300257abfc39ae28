import { describe, expect, it } from 'vitest'
import { check } from '../../../src/checker/check.ts'
import type { Diagnostic } from '../../../src/foundation/diagnostic.ts'
import { clients } from '../../../src/model/clients/catalog.ts'
import type { Client } from '../../../src/model/clients/client.ts'
import { validateClient } from '../../../src/model/clients/define-client.ts'
import { waitsForAMutex } from '../../../src/model/clients/foreign-mutex.ts'
import { laterClients } from '../../../src/model/clients/later-catalog.ts'
import { leftOutPatterns } from '../../../src/model/clients/left-out-patterns.ts'
import { daemonKeepsALock, guardedDaemonHoldsALock } from '../../../src/model/clients/lifecycle/held-lock.ts'
import { releaseClients } from '../../../src/model/clients/release-catalog.ts'
import type { Bounds } from '../../../src/model/cpython/bounds.ts'
import { hangsForEver } from '../../../src/model/cpython/finalization/late-thread.ts'
import type { Policy } from '../../../src/model/cpython/policy.ts'
import { osThreadAt } from '../../../src/model/cpython/runtime-state.ts'
import { policyOfProfile, profiles } from '../../../src/model/cpython/versions/releases.ts'
import type { OsThread } from '../../../src/model/cpython/vocabulary.ts'
import type { Place } from '../../../src/model/language/builder.ts'
import { and, equal, not } from '../../../src/model/language/builder.ts'
import { validateSystem } from '../../../src/model/language/validate.ts'
import { elaborate } from '../../../src/model/scenarios/elaborate.ts'
import type { Judged } from './judge-client.ts'
import { judgeClient } from './judge-client.ts'

const alone = { threads: 1, interpreters: 1, rounds: 1 }
const one = { threads: 1, interpreters: 2, rounds: 1 }
const two = { threads: 2, interpreters: 2, rounds: 1 }

/** Programs that are about two acting threads; what the others do, one thread shows. */
const aboutTwo = new Set([
  'apsw-locks-before-it-saves',
  'pycurl-calls-back-from-a-helper-thread',
  'readline-overwrites-its-thread-state',
  'mod-wsgi-creates-interpreters-under-a-lock',
  'mod-wsgi-creates-interpreters-with-own-gil',
  'mod-python-pools-thread-states',
  'kodi-stops-a-script',
  'jep-makes-sub-interpreters',
  'jep-proxy-borrows-its-owners-thread-state',
  'jpype-waits-for-java-threads',
  'cython-asks-with-swap',
  'interpreters-module-destroys-while-it-runs',
])
const boundsOf = ({ name }: Client) => (aboutTwo.has(name) ? two : one)
/** Releases told apart in the table: the others behave like the one before. */
const told = ['3.2', '3.9', '3.11', '3.12', '3.13.8', '3.14', '3.15']
const mostStates = 200_000

describe('the catalogue of clients of the releases', () => {
  it('names every client and every pattern that is left out once', () => {
    const names = [...clients, ...laterClients, ...releaseClients, ...leftOutPatterns].map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(releaseClients.flatMap((client) => validateClient(client, [client.name]))).toEqual([])
    for (const name of aboutTwo) expect(names).toContain(name)
  })

  it('tells what every client does, and why a pattern is left out', () => {
    for (const { says, story, title } of releaseClients) for (const text of [says, story, title]) expect(text?.length).toBeGreaterThan(20)
    for (const { because } of leftOutPatterns) expect(because.length).toBeGreaterThan(30)
  })

  it('applies clients to every release, unless they need new calls or 3.12', () => {
    const partial = releaseClients.filter((client) => profiles.some(({ policy }) => client.doesNotApply?.(policy) !== undefined))
    expect(partial.filter(({ kind, name }) => kind !== 'migrated' && !/own-gil|^pybind11/.test(name))).toEqual([])
  })

  it.each(releaseClients)('writes valid systems of $name', { timeout: 60_000 }, (client) => {
    for (const { name, policy } of profiles.filter(({ policy }) => client.doesNotApply?.(policy) === undefined)) {
      const all = name === '3.15' ? [alone, two] : [two]
      expect([name, ...all.flatMap((bounds) => diagnosticsOf(client, policy, bounds))]).toEqual([name])
    }
  })

  it('does this in the releases', { timeout: 300_000 }, async () => {
    const lines: string[] = []
    for (const client of releaseClients) lines.push(client.name, ...(await toldOf(client)))
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../../golden/release-clients.txt')
  })
})

describe('a thread that comes too late', () => {
  it.each(['3.13.8', '3.14', '3.15'])('keeps a lock for ever that finalization wants: %s', async (profile) => {
    expect(await keepsALock(daemonKeepsALock, policyOfProfile(profile))).toBe('violated')
  })

  it('keeps none where it holds a guard', async () => {
    expect(await keepsALock(guardedDaemonHoldsALock, policyOfProfile('3.15'))).toBe('holds')
  })
})

/** Whether the main thread can wait for the lock that a thread holds which sleeps for ever: "violated" when it can. */
async function keepsALock(client: Client, policy: Policy): Promise<string | undefined> {
  const { compile, runtime } = elaborate({ reading: 'under test', policy, client, bounds: alone })
  const { system, standsAt } = compile({ merge: false, visible: new Set() })
  const holder: Place<OsThread> = { kind: 'read', variable: 'the lock of the library is held by', indices: [] }
  const holds = not(and(standsAt(0, waitsForAMutex), standsAt(1, hangsForEver), equal(holder, osThreadAt(runtime, 1))))
  const result = await check(system, [{ kind: 'invariant', name: 'no-lock-is-kept', says: 'no lock is kept', holds }], {})
  return result.ok ? result.value.verdicts[0]?.kind : JSON.stringify(result.diagnostics)
}

/** What is wrong with the systems of a client, merged and not. */
function diagnosticsOf(client: Client, policy: Policy, bounds: Bounds): readonly Diagnostic[] {
  const { compile } = elaborate({ reading: 'under test', policy, client, bounds })
  const checked = [false, true].map((merge) => validateSystem(compile({ merge, visible: new Set() }).system))
  return checked.flatMap((result) => (result.ok ? [] : result.diagnostics))
}

/** One line for each range of releases in which the same may happen. */
async function toldOf(client: Client): Promise<readonly string[]> {
  const found: { readonly from: string; to: string; readonly says: string }[] = []
  for (const name of told) {
    const says = await saysOf(client, policyOfProfile(name))
    const last = found.at(-1)
    if (last?.says === says) last.to = name
    else found.push({ from: name, to: name, says })
  }
  return found.map(({ from, to, says }) => `  ${from === to ? from : `${from} to ${to}`}: ${says}`)
}

async function saysOf(client: Client, policy: Policy): Promise<string> {
  const reason = client.doesNotApply?.(policy)
  if (reason !== undefined) return `does not apply, ${reason}`
  const judged = await judgeClient(client, boundsOf(client), policy)
  expect(judged.deadlock.coverage.distinctStates).toBeLessThan(mostStates)
  const claims: readonly (readonly [keyof Judged, string])[] = [
    ['runsInItsInterpreter', 'runs in the wrong interpreter'],
    ['fatalError', 'stops with a fatal error'],
    ['undefinedBehaviour', 'uses what is freed'],
    ['nullIsUsed', 'uses a NULL thread state'],
  ]
  const may = claims.filter(([claim]) => judged[claim].kind === 'violated').map(([, says]) => says)
  const deadlock = judged.deadlock.kind === 'violated' ? [await deadlockOf(client, policy)] : []
  const all = [...may, ...deadlock]
  return all.length === 0 ? 'nothing goes wrong' : all.join(', ')
}

/** Whether the deadlock needs a request for the GIL: where nobody asks, nobody waits for the switch that another asked for. */
async function deadlockOf(client: Client, policy: Policy): Promise<string> {
  const { deadlock } = await judgeClient(client, boundsOf(client), { ...policy, dropRequests: 'nobody' })
  return deadlock.kind === 'violated' ? 'waits for ever' : 'waits for ever for a thread that asked for the GIL'
}
