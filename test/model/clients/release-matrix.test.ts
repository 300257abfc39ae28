import { describe, expect, it } from 'vitest'
import { callbackFromFreshThread } from '../../../src/model/clients/callback-from-fresh-thread.ts'
import type { Client } from '../../../src/model/clients/client.ts'
import type { ClientThread } from '../../../src/model/clients/client-thread.ts'
import { modWsgiPool } from '../../../src/model/clients/mod-wsgi-pool.ts'
import { jepImportsOnTheMainThreadState } from '../../../src/model/clients/pools/jep.ts'
import { uwsgiCores } from '../../../src/model/clients/pools/uwsgi.ts'
import { swigCallbackOnForeignThread, swigCallbackOnMakerThread } from '../../../src/model/clients/swig-callback.ts'
import { policyOfProfile } from '../../../src/model/cpython/versions/releases.ts'
import { equal, truth } from '../../../src/model/language/builder.ts'
import { boolean } from '../../../src/model/language/domain.ts'
import type { Probe } from '../cpython/every-ending.ts'
import { everyEnding, everyEndState, tellReturned } from '../cpython/every-ending.ts'
import { judgeClient } from './judge-client.ts'

/** Profiles of the releases that the small C programs were run on: 3.10.13, 3.11.7, 3.12.1, 3.13.18, 3.14.10, 3.15.2. */
const measured = ['3.9', '3.11', '3.12', '3.13.8', '3.14', '3.15'] as const
type PerProfile = readonly [string, string, string, string, string, string]

const bounds = { threads: 1, interpreters: 2, rounds: 1 }
const eachProfile = (expected: PerProfile): readonly { readonly profile: string; readonly seen: string }[] =>
  measured.map((profile, i) => ({ profile, seen: expected[i] ?? '' }))

const main = 'the main interpreter'
const own = 'its own interpreter'

/** In which interpreter a callback runs that belongs to the sub-interpreter. */
const callbacks: readonly (readonly [string, Client, PerProfile])[] = [
  ['on the thread that made the sub-interpreter', swigCallbackOnMakerThread, [main, main, own, own, own, own]],
  ['on a thread of a pool that served the main interpreter before', modWsgiPool, [main, main, own, own, own, own]],
  ['on a thread whose first thread state is of the sub-interpreter', swigCallbackOnForeignThread, [own, own, own, own, own, own]],
  ['on a fresh foreign thread', callbackFromFreshThread, [main, main, main, main, main, main]],
  ['on a thread whose thread state the main thread made', uwsgiCores, [main, main, own, own, own, own]],
]

/** What Ensure returns on two OS threads that attach one thread state in turn, as the first of them or not. */
const inTurn: Probe = {
  threads: 2,
  write: (stage) => {
    const { threadStateOrNone } = stage.runtime.vocabulary
    const pooled = stage.shared('pooled', threadStateOrNone)
    const isDone = stage.shared('the first is done', boolean)
    stage.main.set(pooled, stage.main.newThreadState(stage.mainInterpreter))
    stage.letGo()
    for (const [i, thread] of stage.threads.entries()) {
      stage.whenReady(thread)
      if (i === 1) thread.waitUntil(isDone, 'is the second')
      thread.acquireThread(pooled)
      const saved = thread.saveThread()
      const state = thread.ensure()
      thread.set(reuses(stage, i), equal(thread.getUnchecked(), pooled))
      thread.release(state)
      thread.restoreThread(saved)
      thread.releaseThread(saved)
      if (i === 0) thread.set(isDone, truth)
    }
  },
}

function reuses(stage: Parameters<Probe['write']>[0], i: number) {
  return stage.shared(`thread ${i + 1} uses it again`, boolean)
}

/** Another thread finalizes inside of Ensure; the thread that shuts down takes the GIL back afterwards. */
const finalizedByAnother: Probe = {
  write: (stage) => {
    const isOver = stage.shared('the runtime is finalized', boolean)
    const thread = stage.threads[0] as ClientThread
    const saved = stage.main.saveThread()
    stage.main.waitUntil(isOver, 'is late')
    stage.main.restoreThread(saved)
    tellReturned(stage, stage.main)
    thread.ensure()
    thread.finalize()
    thread.set(isOver, truth)
  },
}

const borrowed: Probe = {
  write: (stage) => {
    jepImportsOnTheMainThreadState.write(stage)
    tellReturned(stage, stage.threads[0] as ClientThread)
  },
}

describe('what small C programs saw on real libpythons', () => {
  for (const [where, client, expected] of callbacks) {
    it.each(eachProfile(expected))(`a callback ${where} runs in $seen: $profile`, async ({ profile, seen }) => {
      const { runsInItsInterpreter } = await judgeClient(client, bounds, policyOfProfile(profile))
      expect(runsInItsInterpreter).toMatchObject({ kind: seen === own ? 'holds' : 'violated', premiseOccurred: true })
    })
  }

  const refused = 'fatal: non-NULL old thread state'
  it.each(eachProfile(['waits for ever', 'waits for ever', 'waits for ever', refused, refused, refused]))(
    "Ensure while attached to the main thread's state: $profile",
    ({ profile, seen }) => {
      expect(everyEnding(policyOfProfile(profile), borrowed)).toBe(seen)
    },
  )

  it.each(eachProfile(['new, new', 'new, new', 'again, new', 'again, new', 'again, new', 'again, new']))(
    'one thread state on two threads in turn: $profile',
    ({ profile, seen }) => {
      const ends = everyEndState(policyOfProfile(profile), inTurn)
      const found = ends.map(({ tell }) =>
        [0, 1].map((i) => (tell(`thread ${i + 1} uses it again`) === 'true' ? 'again' : 'new')).join(', '),
      )
      expect([...new Set(found)]).toEqual([seen])
    },
  )

  it.each(eachProfile(['exits', 'exits', 'exits', 'hangs', 'hangs', 'hangs']))(
    'the GIL taken back after another thread finalized never comes: $profile',
    ({ profile, seen }) => {
      expect(everyEnding(policyOfProfile(profile), finalizedByAnother, 0)).toBe(seen)
    },
  )
})
