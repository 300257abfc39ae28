import { describe, expect, it } from 'vitest'
import type { ClientThread } from '../../../src/model/clients/client-thread.ts'
import type { Stage } from '../../../src/model/clients/stage.ts'
import { dropOtherThreadStates } from '../../../src/model/cpython/finalization/drop-others.ts'
import { closeGuardsIfNone } from '../../../src/model/cpython/guards/guard.ts'
import type { Token } from '../../../src/model/cpython/guards/token.ts'
import type { Policy } from '../../../src/model/cpython/policy.ts'
import { interpreterIsAlive, isNoThreadState, noThreadState } from '../../../src/model/cpython/runtime-state.ts'
import { profiles } from '../../../src/model/cpython/versions/releases.ts'
import type { Interpreter } from '../../../src/model/cpython/vocabulary.ts'
import { mainInterpreterAgain } from '../../../src/model/cpython/vocabulary.ts'
import type { Place, Term } from '../../../src/model/language/builder.ts'
import { assign, equal, isNone, literal, member, not, truth } from '../../../src/model/language/builder.ts'
import type { ProgramRun, RunOptions } from './run-program.ts'
import { runProgram } from './run-program.ts'

const policy = profiles.find(({ name }) => name === '3.15')?.policy as Policy

/** What is so when nothing has changed since the scene was set: the main thread is attached, or has let go. */
const attachedAsBefore = { attached: 'main thread state', slot: 'main thread state', stands: 'ends' }
const detachedAsBefore = { attached: 'none', slot: 'main thread state', stands: 'ends' }
const freshAsBefore = { attached: 'none', slot: 'none', stands: 'ends' }
const everyBefore = ['main thread state', 'thread state 1']

/** The main thread makes the sub-interpreter, guards it, and is attached to the main interpreter again. */
function guardOfSub({ main, subInterpreters, runtime }: Stage): Place<Interpreter> {
  for (const sub of subInterpreters) main.newInterpreter(sub)
  const guard = main.guardFromCurrent()
  main.swap(runtime.mainThreadState)
  return guard
}

function run(write: (stage: Stage) => void, options: Partial<RunOptions> = {}): ProgramRun {
  return runProgram({ policy, ...options }, write)
}

/** The acting thread has a guard of the sub-interpreter and of the main one, and nothing attached; the main thread has let go. */
function runOnForeignThread(
  write: (thread: ClientThread, guards: { readonly main: Term<Interpreter>; readonly sub: Term<Interpreter> }, stage: Stage) => void,
): ProgramRun {
  return run((stage) => {
    const [thread] = stage.threads
    const guards = {
      main: stage.shared('guard of main', stage.runtime.vocabulary.interpreterOrNone),
      sub: stage.shared('guard of sub', stage.runtime.vocabulary.interpreterOrNone),
    }
    stage.main.set(guards.main, stage.main.guardFromCurrent())
    stage.main.set(guards.sub, guardOfSub(stage))
    stage.letGo()
    if (thread === undefined) return
    stage.whenReady(thread)
    write(thread, guards, stage)
  })
}

const anySentinel = (stage: Stage): Token => ({ before: noThreadState(stage.runtime), isSentinel: truth })

describe('PyThreadState_Ensure and Release', () => {
  it('leave an attached thread attached', () => {
    const end = run(({ main, mainInterpreter }) => {
      const guard = main.guardFromCurrent()
      main.guardedCallback(mainInterpreter, guard)
      main.closeGuard(guard)
    })
    expect(end).toMatchObject({ outcome: 'none', ran: ['main thread in main'], main: attachedAsBefore, guards: [0, 0] })
    expect(end.alive).toEqual(['main thread state'])
  })

  it.each([
    { releases: 'let another thread run at the last Release, even where nothing else is to be attached', isReleased: true },
    { releases: 'let no other thread run before', isReleased: false },
  ])('$releases', ({ isReleased }) => {
    const end = run(
      ({ main, threads, mainInterpreter }) => {
        const token = main.ensureThreadState(main.guardFromCurrent())
        if (isReleased) main.releaseThreadState(token)
        for (const thread of threads) thread.callback(mainInterpreter)
      },
      { first: 1 },
    )
    expect(end).toMatchObject({ outcome: 'none', main: attachedAsBefore, ran: isReleased ? ['thread 1 in main'] : [] })
  })

  it('make a thread state where the thread has one of that interpreter that it does not remember', () => {
    const end = run((stage) => {
      const [sub] = stage.subInterpreters
      const guard = guardOfSub(stage)
      if (sub !== undefined) stage.main.guardedCallback(sub, guard)
    })
    expect(end).toMatchObject({ outcome: 'none', ran: ['main thread in sub'], main: attachedAsBefore, alive: everyBefore, guards: [0, 1] })
  })

  it('attach the remembered thread state of a detached thread, and detach it again', () => {
    const end = run(({ main, subInterpreters: [sub] }) => {
      if (sub === undefined) return
      main.newInterpreter(sub)
      const guard = main.guardFromCurrent()
      main.saveThread()
      main.guardedCallback(sub, guard)
    })
    expect(end).toMatchObject({ outcome: 'none', ran: ['main thread in sub'], alive: everyBefore })
    expect(end.main).toEqual({ attached: 'none', slot: 'thread state 1', stands: 'ends' })
  })

  it('attach the main thread state of a thread that let it go, and detach it again', () => {
    const end = run(({ main, mainInterpreter }) => {
      const guard = main.guardFromCurrent()
      main.saveThread()
      main.guardedCallback(mainInterpreter, guard)
    })
    expect(end).toMatchObject({ outcome: 'none', ran: ['main thread in main'], main: detachedAsBefore })
  })

  it('nest through interpreters and back', () => {
    const end = run((stage) => {
      const { main, mainInterpreter } = stage
      const ofMain = main.guardFromCurrent()
      const ofSub = guardOfSub(stage)
      const [sub = mainInterpreter] = stage.subInterpreters
      main.guardedCallback(sub, ofSub, () =>
        main.guardedCallback(sub, ofSub, () => {
          main.guardedCallback(mainInterpreter, ofMain)
          main.python(sub)
        }),
      )
      main.python(mainInterpreter)
    })
    const [inSub, inMain] = ['main thread in sub', 'main thread in main']
    expect(end.ran).toEqual([inSub, inSub, inMain, inSub, inMain])
    expect(end).toMatchObject({ outcome: 'none', main: attachedAsBefore, alive: everyBefore })
  })

  it('make a second thread state of the main interpreter for a thread that left its first for another interpreter', () => {
    const end = run((stage) => {
      const ofMain = stage.main.guardFromCurrent()
      const ofSub = guardOfSub(stage)
      stage.main.ensureThreadState(ofSub)
      stage.main.ensureThreadState(ofMain)
    })
    expect(end.main.attached).toBe('thread state 3')
    expect(end.alive).toEqual(['main thread state', 'thread state 1', 'thread state 2', 'thread state 3'])
  })

  it('refuse a Release without an Ensure', () => {
    const end = run((stage) => stage.main.releaseThreadState(anySentinel(stage)))
    expect(end.outcome).toBe('PyThreadState_Release() called more times than PyThreadState_Ensure()')
  })

  it('refuse a Release of a thread with nothing attached', () => {
    const end = run((stage) => {
      stage.main.saveThread()
      stage.main.releaseThreadState(anySentinel(stage))
    })
    expect(end.outcome).toMatch(/^the function must be called with the GIL held, after Python initialization/)
  })

  it('refuse a Release while another thread state is attached than Ensure attached', () => {
    const end = run((stage) => {
      const token = stage.main.ensureThreadState(guardOfSub(stage))
      stage.main.swap(stage.runtime.mainThreadState)
      stage.main.releaseThreadState(token)
    })
    expect(end.outcome).toBe('PyThreadState_Release() called more times than PyThreadState_Ensure()')
  })

  it('nest with SaveThread in between', () => {
    const end = run(({ main, mainInterpreter }) => {
      const guard = main.guardFromCurrent()
      main.guardedCallback(mainInterpreter, guard, () =>
        main.guardedCallback(mainInterpreter, guard, () => {
          const saved = main.saveThread()
          main.guardedCallback(mainInterpreter, guard)
          main.restoreThread(saved)
        }),
      )
      main.python(mainInterpreter)
    })
    expect(end.ran).toHaveLength(4)
    expect(end).toMatchObject({ outcome: 'none', main: attachedAsBefore })
  })

  it('use and keep a thread state of the interpreter that the thread made itself', () => {
    const end = run(({ main, mainInterpreter }) => {
      const guard = main.guardFromCurrent()
      main.swap(main.newThreadState(mainInterpreter))
      main.guardedCallback(mainInterpreter, guard)
    })
    expect(end.outcome).toBe('none')
    expect(end.main).toEqual({ attached: 'thread state 1', slot: 'thread state 1', stands: 'ends' })
    expect(end.alive).toEqual(everyBefore)
  })
})

describe('PyThreadState_Ensure together with PyGILState_Ensure', () => {
  it('shares its thread state with an inner PyGILState_Ensure, which then runs in that interpreter', () => {
    const end = runOnForeignThread((thread, { sub }, stage) => {
      thread.guardedCallback(sub, sub, () => thread.callback(stage.homeOf(0)))
    })
    expect(end.ran).toEqual(['thread 1 in sub', 'thread 1 in sub'])
    expect(end).toMatchObject({ outcome: 'none', thread: freshAsBefore, alive: everyBefore })
  })

  it('uses the thread state of an outer PyGILState_Ensure', () => {
    const end = runOnForeignThread((thread, guards, stage) => {
      thread.callback(stage.mainInterpreter, () => {
        thread.guardedCallback(stage.mainInterpreter, guards.main)
        thread.python(stage.mainInterpreter)
      })
    })
    expect(end.ran).toHaveLength(3)
    expect(end).toMatchObject({ outcome: 'none', thread: freshAsBefore, alive: everyBefore, guards: [1, 1] })
  })

  it('is remembered while the thread has let go, so a plain callback runs in the same interpreter', () => {
    const end = run((stage) => {
      const { main } = stage
      const guard = guardOfSub(stage)
      const sub = stage.homeOf(0)
      main.guardedCallback(sub, guard, () => {
        const saved = main.saveThread()
        main.callback(sub)
        main.restoreThread(saved)
      })
    })
    expect(end.ran).toEqual(['main thread in sub', 'main thread in sub'])
    expect(end).toMatchObject({ outcome: 'none', main: attachedAsBefore, alive: everyBefore })
  })
})

describe('PyThreadState_EnsureFromView', () => {
  it('keeps one guard in the thread state until the last Release, however deep it is nested', () => {
    const seen: ProgramRun[] = []
    for (const releases of [0, 1, 2]) {
      seen.push(
        run((stage) => {
          const [thread] = stage.threads
          const view = stage.shared('view', stage.runtime.vocabulary.interpreterOrNone)
          for (const sub of stage.subInterpreters) stage.main.newInterpreter(sub)
          stage.main.set(view, stage.main.viewFromCurrent())
          stage.letGo()
          if (thread === undefined) return
          stage.whenReady(thread)
          const outer = thread.ensureThreadStateFromView(view)
          const inner = thread.ensureThreadStateFromView(view)
          for (const token of [inner, outer].slice(0, releases)) thread.releaseThreadState(token)
        }),
      )
    }
    expect(seen.map(({ outcome }) => outcome)).toEqual(['none', 'none', 'none'])
    expect(seen.map(({ guards }) => guards)).toEqual([
      [0, 1],
      [0, 1],
      [0, 0],
    ])
    expect(seen.map(({ thread }) => thread.attached)).toEqual(['thread state 2', 'thread state 2', 'none'])
  })

  it('returns NULL when the interpreter has ended', () => {
    const end = run(({ main, subInterpreters: [sub] }) => {
      if (sub === undefined) return
      const first = main.newInterpreter(sub)
      const view = main.viewFromCurrent()
      main.endInterpreter(first)
      main.viewedCallback(sub, view)
      main.closeView(view)
    })
    expect(end).toMatchObject({ outcome: 'none', ran: [], main: { attached: 'none', stands: 'ends' }, guards: [0, 0] })
  })
})

describe('guards', () => {
  it('are closed for ever only when none is open', () => {
    const end = run(({ main, threads, mainInterpreter }) => {
      const guard = main.guardFromCurrent()
      const early = closeGuardsIfNone(main.caller, mainInterpreter)
      main.when(early, () => main.caller.program.fatal('closed too early'))
      main.closeGuard(guard)
      const now = closeGuardsIfNone(main.caller, mainInterpreter)
      main.when(not(now), () => main.caller.program.fatal('not closed'))
      const refused = main.guardFromCurrent()
      main.when(not(isNone(refused, main.caller.runtime.vocabulary.interpreterOrNone)), () => main.caller.program.fatal('not refused'))
      main.viewedCallback(mainInterpreter, main.viewFromMain())
      main.python(mainInterpreter)
      for (const thread of threads) thread.waitUntil(falsehoodOf(mainInterpreter, main), 'never')
    })
    expect(end).toMatchObject({ outcome: 'none', ran: ['main thread in main'], main: attachedAsBefore, guards: [0, 0] })
  })

  it('are needed by PyGILState_Ensure of a fresh thread, which else never comes back', () => {
    const end = run((stage) => {
      closeGuardsIfNone(stage.main.caller, stage.mainInterpreter)
      stage.setUp()
      stage.eachThread((thread) => thread.callback(stage.mainInterpreter))
    })
    expect(end).toMatchObject({ outcome: 'none', ran: [], thread: { attached: 'none', slot: 'none', stands: 'sleeps for ever' } })
    expect(end.alive).toEqual(everyBefore)
  })

  it('are not asked for by PyGILState_Ensure of a thread that remembers a thread state', () => {
    const end = run(({ main, mainInterpreter }) => {
      closeGuardsIfNone(main.caller, mainInterpreter)
      main.saveThread()
      main.callback(mainInterpreter)
    })
    expect(end).toMatchObject({ outcome: 'none', ran: ['main thread in main'], main: detachedAsBefore })
  })

  it('are closed by PyGILState_Ensure before it waits for the GIL', () => {
    const end = run(({ threads, mainInterpreter }) => {
      for (const thread of threads) thread.callback(mainInterpreter)
    })
    expect(end).toMatchObject({ outcome: 'none', thread: { slot: 'thread state 1', stands: 'waits for the GIL' }, guards: [0, 0] })
  })

  it('may be closed by another thread than took them, with nothing attached', () => {
    const end = runOnForeignThread((thread, guards) => {
      thread.closeGuard(guards.main)
      thread.closeGuard(guards.sub)
    })
    expect(end).toMatchObject({ outcome: 'none', thread: freshAsBefore, guards: [0, 0] })
  })

  it('crash a thread that asks for one of its current interpreter and has none', () => {
    const end = run(({ main }) => {
      main.saveThread()
      main.guardFromCurrent()
    })
    expect(end.outcome).toBe('a NULL thread state is dereferenced')
  })

  it('must not be closed more often than taken', () => {
    const end = run(({ main }) => {
      const guard = main.guardFromCurrent()
      main.closeGuard(guard)
      main.closeGuard(guard)
    })
    expect(end.outcome).toBe('a finalization guard is closed that is not open')
  })
})

describe('views, in the second life of the runtime', () => {
  const interpreters = ['main', mainInterpreterAgain]
  /** The first main interpreter drops its other thread states and is gone, and another is there; the main thread has nothing attached. */
  const restart = ({ main, runtime, subInterpreters: [again] }: Stage) => {
    const { life } = runtime.vocabulary
    dropOtherThreadStates(main.caller, runtime.mainThreadState, runtime.main)
    main.saveThread()
    main.caller.program.step('starts again', undefined, [
      assign(runtime.interpreters.life.at(runtime.main), member(life, 'freed')),
      assign(runtime.interpreters.life.at(again ?? runtime.main), member(life, 'alive')),
    ])
  }

  it('of the main interpreter mean the one that is alive', () => {
    const end = run(
      (stage) => {
        const view = stage.main.viewFromCurrent()
        restart(stage)
        const guard = stage.main.guardFromView(view)
        const ofMain = stage.main.guardFromView(stage.main.viewFromMain())
        stage.main.when(not(equal(guard, ofMain)), () => stage.main.caller.program.fatal('two interpreters'))
      },
      { interpreters },
    )
    expect(end).toMatchObject({ outcome: 'none', guards: [0, 2] })
  })

  it('do not save a thread that remembers a thread state of the first life: the main interpreter is at the same address', () => {
    const end = run(
      (stage) => {
        const [thread] = stage.threads
        if (thread === undefined) return
        const { main, runtime } = stage
        const isGone = not(interpreterIsAlive(runtime, runtime.main))
        const made = stage.shared('made', runtime.vocabulary.threadStateOrNone)
        thread.set(made, thread.newThreadState(runtime.main), 'has made a thread state')
        main.waitUntil(not(isNoThreadState(runtime, made)), 'waits for the other thread')
        restart(stage)
        thread.waitUntil(isGone, 'waits for the second life')
        thread.viewedCallback(runtime.main, thread.viewFromMain())
      },
      { interpreters },
    )
    expect(end).toMatchObject({ outcome: 'none', ran: [], thread: { slot: 'thread state 1', stands: 'sleeps for ever' } })
  })
})

/** A condition that never holds: the thread waits until the run ends. */
function falsehoodOf(interpreter: Term<Interpreter>, { caller: { runtime } }: ClientThread) {
  return equal(interpreter, literal(runtime.vocabulary.interpreter, 1))
}
