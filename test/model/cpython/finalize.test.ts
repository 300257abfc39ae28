import { describe, expect, it } from 'vitest'
import type { ClientThread } from '../../../src/model/clients/client-thread.ts'
import type { Stage } from '../../../src/model/clients/stage.ts'
import { profiles } from '../../../src/model/cpython/versions/releases.ts'
import { not, truth } from '../../../src/model/language/builder.ts'
import { boolean } from '../../../src/model/language/domain.ts'
import type { Probe } from './every-ending.ts'
import { everyEnding, everyEndState, letOthersGoFirst, tellReturned } from './every-ending.ts'

const names = profiles.map(({ name }) => name)
const since = (first: string, last = names.at(-1) ?? '') =>
  profiles.filter(({ name }) => names.indexOf(name) >= names.indexOf(first) && names.indexOf(name) <= names.indexOf(last))
const one = (stage: Stage): ClientThread => stage.threads[0] as ClientThread

/** Thread 1 ends at once; the main thread does this, and tells when it is done. */
function mainDoes(what: (main: ClientThread, stage: Stage) => void, options: Omit<Probe, 'write'> = {}): Probe {
  return {
    ...options,
    write: (stage) => {
      what(stage.main, stage)
      tellReturned(stage, stage.main)
    },
  }
}

describe('Py_FinalizeEx', () => {
  const plain = mainDoes((main) => main.finalize())

  it.each(since('2.7', '3.11'))('leaves the GIL locked for ever: $name', ({ policy }) => {
    const [end] = everyEndState(policy, plain)
    expect([end?.endingOf(0), end?.tell('GIL is locked')]).toEqual(['returns', 'true'])
  })

  it.each(since('3.12'))('leaves the GIL free: $name', ({ policy }) => {
    const [end] = everyEndState(policy, plain)
    expect([end?.endingOf(0), end?.tell('GIL is locked of', 0)]).toEqual(['returns', 'false'])
  })

  it.each(profiles)('leaves nothing current, no slot of its own and no main interpreter: $name', ({ policy }) => {
    const current = policy.currentThreadState === 'of-the-process' ? ['current thread state'] : ['current thread state of', 0]
    const [end] = everyEndState(policy, plain)
    const [variable, ...indices] = current
    expect([
      end?.tell(String(variable), ...indices.map(Number)),
      end?.tell('slot', 0),
      end?.tell('interpreter of fresh threads'),
      end?.tell('interpreter is', 0),
    ]).toEqual(['none', 'none', 'none', 'freed'])
  })

  const withSlot: Probe = {
    write: (stage) => {
      const saved = stage.main.saveThread()
      one(stage).ensure()
      one(stage).saveThread()
      letOthersGoFirst(stage.main)
      stage.main.restoreThread(saved)
      stage.main.finalize()
    },
  }

  it.each(since('2.7', '3.14'))('empties the slots of all threads: $name', ({ policy }) => {
    expect(everyEndState(policy, withSlot).map(({ tell }) => tell('slot', 1))).toEqual(['none'])
  })

  it.each(since('3.15'))('leaves the slots of other threads as they are: $name', ({ policy }) => {
    expect(everyEndState(policy, withSlot).map(({ tell }) => tell('slot', 1))).toEqual(['thread state 1'])
  })

  it.each(profiles)('does nothing the second time, as inside a finalizer: $name', ({ policy }) => {
    const probe = mainDoes((main) => {
      main.finalize({ atexit: () => void main.callback(main.caller.runtime.main), teardown: () => main.finalize() })
      main.finalize()
    })
    expect(everyEnding(policy, probe, 0)).toBe('returns')
  })

  it.each(profiles)('calls finalizers that may let the GIL go and call back: $name', ({ policy }) => {
    const probe = mainDoes((main, { mainInterpreter }) => {
      main.finalize({
        teardown: () => {
          const saved = main.saveThread()
          const made = main.newThreadState(mainInterpreter)
          main.clear(made)
          main.delete(made)
          main.callback(mainInterpreter)
          main.restoreThread(saved)
        },
      })
    })
    // Since 3.12 deleting a thread state of one's own that is in no slot leaves the slot alone.
    expect(everyEnding(policy, probe, 0)).toBe('returns')
  })

  it.each(since('2.7', '3.12'))('crashes in a thread that nothing is current for: $name', ({ policy }) => {
    const probe = mainDoes((main) => {
      main.saveThread()
      main.finalize()
    })
    expect(everyEnding(policy, probe, 0)).toBe('crashes')
  })

  it.each(since('3.13'))('attaches the main thread state where nothing, or another one, is current: $name', ({ policy }) => {
    const detached = mainDoes((main) => {
      main.saveThread()
      main.finalize()
    })
    const elsewhere = mainDoes(
      (main, stage) => {
        main.newInterpreter(stage.homeOf(0))
        main.finalize()
      },
      { interpreters: 2 },
    )
    expect([everyEnding(policy, detached, 0), everyEnding(policy, elsewhere, 0)]).toEqual(['returns', 'returns'])
  })
})

describe('a live sub-interpreter at finalization', () => {
  const probe = mainDoes(
    (main, stage) => {
      main.newInterpreter(stage.homeOf(0))
      main.swap(main.caller.runtime.mainThreadState)
      main.finalize()
    },
    { interpreters: 2 },
  )
  const told = (policy: (typeof profiles)[number]['policy']) =>
    everyEndState(policy, probe).map((end) => [end.endingOf(0), end.tell('interpreter is', 1)])

  it.each(since('2.7', '3.6'))('is left: $name', ({ policy }) => expect(told(policy)).toEqual([['returns', 'alive']]))
  it.each(since('3.7', '3.8'))('is fatal: $name', ({ policy }) =>
    expect(told(policy)).toEqual([['fatal: PyInterpreterState_Delete: remaining subinterpreters', 'alive']]),
  )
  it.each(since('3.9', '3.12'))('is fatal: $name', ({ policy }) =>
    expect(told(policy)).toEqual([['fatal: remaining subinterpreters', 'alive']]),
  )
  it.each(since('3.13'))('is ended: $name', ({ policy }) => expect(told(policy)).toEqual([['returns', 'freed']]))

  it.each(since('3.13', '3.13.8'))('is fatal when other thread states are left in it: $name', ({ policy }) => {
    const crowded = mainDoes(
      (main, stage) => {
        const sub = stage.homeOf(0)
        main.newInterpreter(sub)
        main.newThreadState(sub)
        main.newThreadState(sub)
        main.swap(main.caller.runtime.mainThreadState)
        main.finalize()
      },
      { interpreters: 2 },
    )
    expect(everyEnding(policy, crowded, 0)).toBe('fatal: not the last thread')
  })

  it.each(since('3.14'))('puts the threads of the sub-interpreter to sleep for ever when they come back: $name', ({ policy }) => {
    const used: Probe = {
      interpreters: 2,
      write: (stage) => {
        const { main } = stage
        const thread = one(stage)
        const sub = stage.homeOf(0)
        const isMade = stage.shared('the sub-interpreter is made', boolean)
        const isOver = stage.shared('the runtime is finalized', boolean)
        main.newInterpreter(sub)
        main.swap(main.caller.runtime.mainThreadState)
        main.set(isMade, truth, 'the sub-interpreter is made')
        thread.waitUntil(isMade, 'begins')
        const own = thread.newThreadState(sub)
        thread.waitUntil(isOver, 'is late')
        thread.restoreThread(own)
        letOthersGoFirst(main)
        main.finalize()
        main.set(isOver, truth, 'the runtime is finalized')
      },
    }
    expect(everyEnding(policy, used)).toBe('hangs')
  })
})

describe('a thread that threading started', () => {
  const started = (kind: 'joined' | 'daemon'): Probe => ({
    write: (stage) => {
      const { main, mainInterpreter } = stage
      main.startThread(mainInterpreter, stage.bootOf(one(stage)), { kind })
      one(stage).asStartedThread(stage.bootOf(one(stage)), () => one(stage).python(mainInterpreter))
      tellReturned(stage, one(stage))
      main.finalize()
      tellReturned(stage, main)
    },
  })

  it.each(profiles)('is joined before the runtime is finalized: $name', ({ policy }) => {
    const ends = everyEndState(policy, started('joined')).map((end) => `${end.endingOf(0)}, ${end.endingOf(1)}`)
    expect([...new Set(ends)]).toEqual(['returns, returns'])
  })

  it.each(profiles)('is not waited for when it is a daemon: $name', ({ policy }) => {
    expect(everyEndState(policy, started('daemon')).some((end) => end.endingOf(1) !== 'returns')).toBe(true)
  })

  const inSub: Probe = {
    interpreters: 2,
    write: (stage) => {
      const { main } = stage
      const sub = stage.homeOf(0)
      const made = main.newInterpreter(sub)
      main.startThread(sub, stage.bootOf(one(stage)), { kind: 'joined' })
      one(stage).asStartedThread(stage.bootOf(one(stage)), () => one(stage).python(sub))
      main.endInterpreter(made)
      tellReturned(stage, main)
    },
  }
  it.each(since('2.7', '3.2.1'))('is not joined by Py_EndInterpreter: $name', ({ policy }) => {
    expect(everyEnding(policy, inSub, 0)).toBe('fatal: Py_EndInterpreter: not the last thread')
  })
  it.each(since('3.4'))('is joined by Py_EndInterpreter: $name', ({ policy }) => {
    expect(everyEnding(policy, inSub, 0)).toBe('returns')
  })
})

describe('an open guard', () => {
  const guarded = (closes: boolean): Probe => ({
    write: (stage) => {
      const { main, mainInterpreter } = stage
      const thread = one(stage)
      const isGuarded = stage.shared('the interpreter is guarded', boolean)
      const saved = main.saveThread()
      thread.ensure()
      const guard = thread.guardFromCurrent()
      const own = thread.saveThread()
      thread.set(isGuarded, truth, 'the interpreter is guarded')
      thread.restoreThread(own)
      thread.python(mainInterpreter)
      thread.saveThread()
      if (closes) thread.closeGuard(guard)
      tellReturned(stage, thread)
      main.waitUntil(isGuarded, 'goes on')
      main.restoreThread(saved)
      main.finalize()
      tellReturned(stage, main)
    },
  })

  it.each(since('3.15'))('keeps finalization waiting, and its thread can attach meanwhile: $name', ({ policy }) => {
    const ends = everyEndState(policy, guarded(true)).map((end) => `${end.endingOf(0)}, ${end.endingOf(1)}`)
    expect([...new Set(ends)]).toEqual(['returns, returns'])
  })

  it.each(since('3.15'))('that is never closed keeps it waiting for ever: $name', ({ policy }) => {
    expect(everyEnding(policy, guarded(false), 0)).toBe('waits for ever')
  })
})

describe('a thread that exits while it waits for the GIL', () => {
  const asks = (isGoneFirst: boolean): Probe => ({
    write: (stage) => {
      const { main } = stage
      one(stage).ensure()
      letOthersGoFirst(main)
      main.finalize({
        teardown: () => {
          if (isGoneFirst) letOthersGoFirst(main)
          main.restoreThread(main.saveThread())
        },
      })
      tellReturned(stage, main)
    },
  })

  it.each(since('3.9', '3.9'))('leaves a request behind that the finalizing thread waits for: $name', ({ policy }) => {
    expect(everyEnding(policy, asks(true), 0)).toBe('waits for ever')
  })
  it.each(since('3.11'))('takes its request back: $name', ({ policy }) => {
    expect(everyEnding(policy, asks(true), 0)).toBe('returns')
  })
  it.each(since('3.11'))('may take it back too late: $name', ({ policy }) => {
    expect(everyEnding(policy, asks(false), 0)).toBe('returns, waits for ever')
  })
})

describe('Py_Initialize after Py_FinalizeEx', () => {
  it.each(profiles)('begins a second life that can be finalized as well: $name', ({ policy }) => {
    const probe = mainDoes(
      (main) => {
        main.finalize()
        main.initialize()
        main.when(not(main.isInitialized()), () => main.caller.program.fatal('not initialized'))
        main.saveThread()
        const state = main.ensure()
        main.release(state)
        main.restoreThread(main.getThisThreadState())
        main.finalize()
      },
      { restarts: true },
    )
    const ends = everyEndState(policy, probe).map((end) => [end.endingOf(0), end.tell('interpreter is', 0), end.tell('interpreter is', 1)])
    expect(ends).toEqual([['returns', 'freed', 'freed']])
  })
})
