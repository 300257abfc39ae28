import type { ClientThread } from '../../src/model/clients/client-thread.ts'
import type { Stage } from '../../src/model/clients/stage.ts'
import type { GilstateState } from '../../src/model/cpython/vocabulary.ts'
import type { Term } from '../../src/model/language/builder.ts'
import { assign, falsehood, literal, not, truth } from '../../src/model/language/builder.ts'
import { boolean } from '../../src/model/language/domain.ts'

/** The acting thread with this number, counted from 1 as its name is. */
export function actor(stage: Stage, number: number): ClientThread {
  const thread = stage.threads[number - 1]
  if (thread === undefined) throw new TypeError(`there is no thread ${number} on the stage`)
  return thread
}

export function unlocked({ runtime }: Stage): Term<GilstateState> {
  return literal(runtime.vocabulary.gilstateState, 1)
}

/** Something that one thread brings about and others wait for: a turn of a schedule. */
export interface Turn {
  readonly comes: (thread: ClientThread) => void
  readonly isAwaited: (thread: ClientThread) => void
}

export function turn(stage: Stage, says: string): Turn {
  const hasCome = stage.shared(says, boolean)
  return {
    comes: (thread) => thread.set(hasCome, truth, says),
    isAwaited: (thread) => thread.waitUntil(hasCome, `waits until ${says}`),
  }
}

/** A lock of the program's own, that knows nothing of the GIL. */
export interface Lock {
  readonly acquire: (thread: ClientThread) => void
  readonly release: (thread: ClientThread) => void
}

export function lock(stage: Stage, name: string): Lock {
  const isTaken = stage.shared(`${name} is taken`, boolean)
  return {
    acquire: ({ caller }) => caller.program.step(`takes ${name}`, undefined, { waitsFor: not(isTaken), assign: [assign(isTaken, truth)] }),
    release: ({ caller }) => caller.program.step(`gives ${name} back`, undefined, [assign(isTaken, falsehood)]),
  }
}

/** What a thread does while it has let the GIL go. */
export function withoutTheGil(thread: ClientThread, body: () => void): void {
  const saved = thread.saveThread()
  body()
  thread.restoreThread(saved)
}
