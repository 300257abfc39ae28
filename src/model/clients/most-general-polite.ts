import type { GilstateState, Interpreter, ThreadState } from '../cpython/vocabulary.ts'
import type { Formula, Place, Term } from '../language/builder.ts'
import { and, conditional, equal, integer, less, literal, none, not, or } from '../language/builder.ts'
import { range } from '../language/domain.ts'
import type { Alternative } from '../program/program-builder.ts'
import type { Client } from './client.ts'
import type { ClientThread } from './client-thread.ts'
import type { Stage } from './stage.ts'

export const mostGeneralPolite: Client = {
  name: 'most-general-polite',
  title: 'every sequence of calls that keeps the documented preconditions',
  says: 'Nobody writes it and everybody does: each foreign thread makes any calls it may, as many as the bounds give rounds, and then winds down (Release what it ensured, let go). What it may is what the documentation of 3.2 says of each call: attached or not, balanced pairs, thread states of its own only.',
  kind: 'most-general',
  threadStates: ({ threads, interpreters, rounds }) => threads * Math.min(interpreters + deepest, rounds + 1) + interpreters - 1,
  write: (stage) => {
    stage.setUp()
    stage.eachThread((thread) => {
      const polite = new PoliteThread(stage, thread)
      thread.repeat(stage.bounds.rounds, () => thread.choose(...polite.calls()))
      polite.windDown()
    })
  },
}

/** Ensures a thread may be in at once. */
const deepest = 2

/** What a thread has to remember to keep to the documentation, and what it may do then. */
class PoliteThread {
  readonly #stage: Stage
  readonly #thread: ClientThread
  /** What the thread is attached with; `none` while detached. */
  readonly #now: Place<ThreadState>
  /** What each nesting level of Ensure works with: attached by its Ensure, or at level 0 by the thread itself; kept over SaveThread. */
  readonly #levels: readonly Place<ThreadState>[]
  readonly #tokens: readonly Place<GilstateState>[]
  readonly #depth: Place<'integer'>
  /** The thread's own thread states, one for each interpreter. */
  readonly #own: readonly Place<ThreadState>[]
  /** The interpreter the thread works for: of the last thread state it attached itself; the main one at first. */
  readonly #home: Place<Interpreter>
  readonly #nothing: Term<ThreadState>

  constructor(stage: Stage, thread: ClientThread) {
    const { threadStateOrNone, gilstateState, interpreter } = stage.runtime.vocabulary
    this.#stage = stage
    this.#thread = thread
    this.#now = thread.local('attached with', threadStateOrNone)
    this.#levels = Array.from({ length: deepest + 1 }, (_, level) => thread.local(`works with at level ${level}`, threadStateOrNone))
    this.#tokens = Array.from({ length: deepest }, (_, level) => thread.local(`gstate at level ${level + 1}`, gilstateState))
    this.#depth = thread.local('depth', range(0, deepest))
    this.#own = stage.interpreters.map((_, i) => thread.local(`own of ${stage.nameOf(i)}`, threadStateOrNone))
    this.#home = thread.local('works for', interpreter)
    this.#nothing = none(threadStateOrNone)
  }

  calls(): readonly Alternative[] {
    const perInterpreter = this.#own.flatMap((own, i) => {
      const interpreter = this.#stage.interpreters[i]
      return interpreter === undefined ? [] : this.#callsFor(own, interpreter, this.#stage.nameOf(i))
    })
    return [...this.#pair(), ...this.#lettingGo(), this.#python(), ...perInterpreter]
  }

  /** Releases what was ensured and lets go, so that nothing is left to others. */
  windDown(): void {
    for (let level = deepest; level >= 1; level--) {
      this.#thread.when(this.#isAt(level), () => {
        const mine = this.#level(level)
        this.#thread.when(
          this.#isDetached,
          () => this.#thread.restoreThread(mine),
          () => this.#thread.when(not(equal(this.#now, mine)), () => void this.#thread.swap(mine)),
        )
        this.#thread.set(this.#now, mine)
        this.#release(level)
      })
    }
    this.#thread.when(not(this.#isDetached), () => void this.#thread.saveThread())
  }

  #pair(): readonly Alternative[] {
    const levels = Array.from({ length: deepest }, (_, i) => i + 1)
    const atRest = or(this.#isDetached, this.#isAt(0), this.#isInItsLevel)
    return [
      ...levels.map((level) => ({ when: and(this.#isAt(level - 1), atRest), do: () => this.#ensure(level) })),
      ...levels.map((level) => ({ when: and(this.#isAt(level), equal(this.#now, this.#level(level))), do: () => this.#release(level) })),
    ]
  }

  #ensure(level: number): void {
    const thread = this.#thread
    thread.set(this.#token(level), thread.ensure())
    thread.set(this.#now, thread.get())
    thread.set(this.#level(level), this.#now)
    thread.set(this.#depth, integer(level))
  }

  #release(level: number): void {
    const thread = this.#thread
    thread.release(this.#token(level))
    const wasAttached = equal(this.#token(level), literal(this.#stage.runtime.vocabulary.gilstateState, 0))
    thread.set(this.#now, conditional(wasAttached, this.#now, this.#nothing))
    thread.set(this.#level(level), this.#nothing)
    thread.set(this.#depth, integer(level - 1))
  }

  #lettingGo(): readonly Alternative[] {
    const thread = this.#thread
    const here = this.#inLevel
    return [
      {
        when: and(not(this.#isDetached), or(this.#isAt(0), this.#isInItsLevel)),
        do: () => {
          thread.saveThread()
          thread.set(this.#now, this.#nothing)
        },
      },
      {
        when: and(this.#isDetached, not(equal(here, this.#nothing))),
        do: () => {
          thread.set(this.#now, here)
          thread.restoreThread(this.#now)
        },
      },
      {
        when: and(not(this.#isDetached), this.#isAt(0)),
        do: () => {
          thread.releaseThread(this.#now)
          thread.set(this.#now, this.#nothing)
          thread.set(this.#level(0), this.#nothing)
        },
      },
    ]
  }

  /** Inside Ensure, in its thread state, code runs for the interpreter the thread works for; in an own thread state, for that one's. */
  #python(): Alternative {
    const inEnsure = and(less(integer(0), this.#depth), this.#isInItsLevel)
    const ofOwn = this.#own.reduce<Term<Interpreter>>(
      (otherwise, own, i) => conditional(equal(this.#now, own), this.#stage.interpreters[i] ?? otherwise, otherwise),
      this.#home,
    )
    return { when: not(this.#isDetached), do: () => this.#thread.python(conditional(inEnsure, this.#home, ofOwn)) }
  }

  #callsFor(own: Place<ThreadState>, interpreter: Term<Interpreter>, name: string): readonly Alternative[] {
    const thread = this.#thread
    const isMade = not(equal(own, this.#nothing))
    const isUsed = or(equal(own, this.#now), ...this.#levels.map((level) => equal(own, level)))
    const attachedNow = (): void => {
      thread.set(this.#now, own)
      thread.set(this.#level(0), conditional(this.#isAt(0), own, this.#level(0)))
      thread.set(this.#home, conditional(this.#isAt(0), interpreter, this.#home))
    }
    return [
      {
        says: `makes a thread state in ${name}`,
        when: not(isMade),
        do: () => {
          // The first thread state of a thread says where it belongs: the documented way around fresh threads going to the main interpreter.
          const isFirst = and(this.#isAt(0), ...this.#own.map((other) => equal(other, this.#nothing)))
          thread.set(this.#home, conditional(isFirst, interpreter, this.#home))
          thread.set(own, thread.newThreadState(interpreter))
        },
      },
      {
        when: and(isMade, this.#isDetached, this.#isAt(0)),
        do: () => {
          thread.acquireThread(own)
          attachedNow()
        },
      },
      {
        when: and(isMade, not(this.#isDetached), not(equal(this.#now, own))),
        do: () => {
          thread.swap(own)
          attachedNow()
        },
      },
      {
        when: and(isMade, not(this.#isDetached), not(isUsed)),
        do: () => {
          thread.clear(own)
          thread.delete(own)
          thread.set(own, this.#nothing)
        },
      },
      {
        when: and(isMade, equal(this.#now, own), this.#isAt(0)),
        do: () => {
          thread.clear(own)
          thread.deleteCurrent()
          thread.set(own, this.#nothing)
          thread.set(this.#now, this.#nothing)
          thread.set(this.#level(0), this.#nothing)
        },
      },
    ]
  }

  get #isDetached(): Formula {
    return equal(this.#now, this.#nothing)
  }
  get #isInItsLevel(): Formula {
    return equal(this.#now, this.#inLevel)
  }
  get #inLevel(): Term<ThreadState> {
    return this.#levels.reduce<Term<ThreadState>>((otherwise, level, i) => conditional(this.#isAt(i), level, otherwise), this.#nothing)
  }
  #isAt(level: number): Formula {
    return equal(this.#depth, integer(level))
  }
  #level(level: number): Place<ThreadState> {
    return this.#levels[level] ?? this.#now
  }
  #token(level: number): Place<GilstateState> {
    const token = this.#tokens[level - 1]
    if (token === undefined) throw new TypeError(`there is no level ${level}`)
    return token
  }
}
