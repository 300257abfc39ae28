import { isNone, literal, not } from '../language/builder.ts'
import type { Alternative } from '../program/program-builder.ts'
import type { Client } from './client.ts'
import type { ClientThread } from './client-thread.ts'
import type { Stage } from './stage.ts'

export const mostGeneralRude: Client = {
  name: 'most-general-rude',
  title: 'every sequence of calls, preconditions or not',
  says: 'Each foreign thread makes any calls, as many as the bounds give rounds, on the main thread state or the last thread state it got hold of; nothing is balanced and nothing is asked first. It shows which mistakes the design notices, and how.',
  kind: 'most-general',
  threadStates: ({ threads, interpreters, rounds }) => threads * rounds + interpreters - 1,
  write: (stage) => {
    stage.setUp()
    stage.eachThread((thread) => thread.repeat(stage.bounds.rounds, () => thread.choose(...anyCall(stage, thread))))
  },
}

function anyCall(stage: Stage, thread: ClientThread): readonly Alternative[] {
  const { threadStateOrNone, gilstateState } = stage.runtime.vocabulary
  const got = thread.local('thread state it got', threadStateOrNone)
  const ofSomebody = stage.runtime.mainThreadState
  const [locked, unlocked] = [literal(gilstateState, 0), literal(gilstateState, 1)]
  const hasGot = not(isNone(got, threadStateOrNone))
  return [
    { do: () => void thread.ensure() },
    { do: () => thread.release(locked) },
    { do: () => thread.release(unlocked) },
    ...stage.interpreters.map((interpreter, i) => ({
      says: `makes a thread state in ${stage.nameOf(i)}`,
      do: () => thread.set(got, thread.newThreadState(interpreter)),
    })),
    { says: 'takes the main thread state for its own', do: () => thread.set(got, ofSomebody) },
    { do: () => thread.set(got, thread.saveThread()) },
    { when: hasGot, do: () => thread.restoreThread(got) },
    { when: hasGot, do: () => thread.acquireThread(got) },
    { when: hasGot, do: () => thread.releaseThread(got) },
    { when: hasGot, do: () => void thread.swap(got) },
    { do: () => void thread.swapNull() },
    {
      when: hasGot,
      do: () => {
        thread.clear(got)
        thread.delete(got)
      },
    },
    { do: () => thread.deleteCurrent() },
    { do: () => thread.acquireLock() },
    { do: () => thread.releaseLock() },
    { do: () => thread.python(stage.mainInterpreter) },
  ]
}
