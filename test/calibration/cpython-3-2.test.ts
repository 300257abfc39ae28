import { describe, expect, it } from 'vitest'
import type { ClientThread } from '../../src/model/clients/client-thread.ts'
import type { Stage } from '../../src/model/clients/stage.ts'
import { cpython32 } from '../../src/model/cpython/versions/cpython-3-2.ts'
import type { Interpreter } from '../../src/model/cpython/vocabulary.ts'
import type { Term } from '../../src/model/language/builder.ts'
import { literal } from '../../src/model/language/builder.ts'
import type { Run } from './run-to-end.ts'
import { runToEnd } from './run-to-end.ts'

// Each sequence is also a probe of probes.c under the name in the describe block; docs/calibration.md tells what real libpythons did.

/** The main thread makes the sub-interpreter and stays attached to it. */
function inSub(write: (main: ClientThread, sub: Term<Interpreter>, stage: Stage) => void): Run {
  return runToEnd(cpython32, 0, (stage) => {
    const sub = stage.makeFirstSubInterpreter()
    write(stage.main, sub, stage)
  })
}

/** The main thread makes the sub-interpreter, swaps back and lets go; then a foreign thread runs. */
function onForeignThread(write: (thread: ClientThread, sub: Term<Interpreter>, stage: Stage) => void): Run {
  return runToEnd(cpython32, 1, (stage) => {
    stage.setUp()
    stage.eachThread((thread, sub) => write(thread, sub, stage))
  })
}

const ends = { ending: 'ends', gil: 'free', current: 'none' }

describe('same-thread-callback', () => {
  it('runs the callback of a sub-interpreter in the main interpreter on the thread that made the sub-interpreter', () => {
    const run = inSub((main, sub) => {
      const saved = main.saveThread()
      main.callback(sub)
      main.restoreThread(saved)
      main.python(sub)
    })
    expect(run).toEqual({ ending: 'ends', ranIn: ['main', 'sub'], gil: 'locked', current: 'thread state 1', slot: 'main thread state' })
  })
})

describe('callback-while-attached', () => {
  it('makes the thread that made a sub-interpreter wait for itself when it calls back without SaveThread', () => {
    const run = inSub((main, sub) => void main.callback(sub))
    expect(run).toEqual({ ending: 'waits for itself', ranIn: [], gil: 'locked', current: 'thread state 1', slot: 'main thread state' })
  })
})

describe('two-thread-states', () => {
  it('lets the thread state that was made first win, whichever is attached', () => {
    const run = onForeignThread((thread, sub, stage) => {
      thread.newThreadState(stage.mainInterpreter)
      const second = thread.newThreadState(sub)
      thread.acquireThread(second)
      thread.python(sub)
      thread.saveThread()
      thread.callback(sub)
    })
    expect(run).toEqual({ ...ends, ranIn: ['sub', 'main'], slot: 'thread state 2' })
  })

  it('lets the one of the sub-interpreter win when that was made first', () => {
    const run = onForeignThread((thread, sub, stage) => {
      thread.newThreadState(sub)
      const second = thread.newThreadState(stage.mainInterpreter)
      thread.acquireThread(second)
      thread.python(stage.mainInterpreter)
      thread.saveThread()
      thread.callback(stage.mainInterpreter)
    })
    expect(run).toEqual({ ...ends, ranIn: ['main', 'sub'], slot: 'thread state 2' })
  })
})

describe('end-then-ensure', () => {
  it('leaves the GIL locked and nothing current after Py_EndInterpreter, so that Ensure waits for itself', () => {
    const run = runToEnd(cpython32, 0, (stage) => {
      const { main } = stage
      main.endInterpreter(main.newInterpreter(stage.homeOf(0)))
      main.callback(stage.mainInterpreter)
    })
    expect(run).toEqual({ ending: 'waits for itself', ranIn: [], gil: 'locked', current: 'none', slot: 'main thread state' })
  })
})

describe('end-swap-back-ensure', () => {
  it('works when the main thread state is swapped in first', () => {
    const run = runToEnd(cpython32, 0, (stage) => {
      const { main, runtime } = stage
      main.endInterpreter(main.newInterpreter(stage.homeOf(0)))
      main.swap(runtime.mainThreadState)
      const saved = main.saveThread()
      main.callback(stage.mainInterpreter)
      main.restoreThread(saved)
    })
    expect(run).toEqual({ ending: 'ends', ranIn: ['main'], gil: 'locked', current: 'main thread state', slot: 'main thread state' })
  })
})

describe('ensure-swap-release', () => {
  it('dies in Release when another thread state is current than the one Ensure attached', () => {
    const run = inSub((main, sub, { runtime }) => {
      const made = main.swap(runtime.mainThreadState)
      const state = main.ensure()
      main.swap(made)
      main.python(sub)
      main.release(state)
    })
    expect(run.ranIn).toEqual(['sub'])
    expect(run.ending).toBe('This thread state must be current when releasing')
  })
})

describe('ensure-swap-back-release', () => {
  it('works when the thread state that Ensure attached is swapped in again before Release', () => {
    const run = inSub((main, sub, { runtime, mainInterpreter }) => {
      const made = main.swap(runtime.mainThreadState)
      const state = main.ensure()
      main.swap(made)
      main.python(sub)
      main.swap(runtime.mainThreadState)
      main.release(state)
      main.python(mainInterpreter)
    })
    expect(run).toEqual({ ending: 'ends', ranIn: ['sub', 'main'], gil: 'locked', current: 'main thread state', slot: 'main thread state' })
  })
})

describe('fresh-thread', () => {
  it('attaches a thread without a thread state to the main interpreter, and deletes what it made', () => {
    const run = onForeignThread((thread, sub) => void thread.callback(sub))
    expect(run).toEqual({ ...ends, ranIn: ['main'], slot: 'none' })
  })
})

describe('python-started-thread', () => {
  it('calls a thread started by Python code of a sub-interpreter back into that sub-interpreter', () => {
    const run = runToEnd(cpython32, 1, (stage) => {
      stage.startHomeThreads((thread, sub) => {
        const saved = thread.saveThread()
        thread.callback(sub)
        thread.restoreThread(saved)
        thread.python(sub)
      })
    })
    expect(run).toEqual({ ...ends, ranIn: ['sub', 'sub'], slot: 'none' })
  })
})

describe('release-without-ensure', () => {
  it('destroys the thread state and drops the GIL, and a later Ensure makes a new thread state', () => {
    const release = (main: ClientThread, stage: Stage): void => main.release(literal(stage.runtime.vocabulary.gilstateState, 1))
    const destroyed = runToEnd(cpython32, 0, (stage) => release(stage.main, stage))
    expect(destroyed).toEqual({ ...ends, ranIn: [], slot: 'none' })

    const again = runToEnd(cpython32, 0, (stage) => {
      release(stage.main, stage)
      stage.main.callback(stage.mainInterpreter)
    })
    expect(again).toEqual({ ...ends, ranIn: ['main'], slot: 'none' })
  })
})

describe('nested-detached', () => {
  it('lets a callback inside a callback use the thread state of the outer one', () => {
    const run = onForeignThread((thread, _, { mainInterpreter }) => {
      thread.callback(mainInterpreter, () => {
        const saved = thread.saveThread()
        thread.callback(mainInterpreter)
        thread.restoreThread(saved)
        thread.python(mainInterpreter)
      })
    })
    expect(run).toEqual({ ...ends, ranIn: ['main', 'main', 'main'], slot: 'none' })
  })
})

describe('new-interpreter-inside-ensure', () => {
  it('calls back into the main interpreter from a sub-interpreter that was made inside Ensure', () => {
    const run = runToEnd(cpython32, 1, (stage) => {
      stage.letGo()
      const [thread] = stage.threads
      thread?.callback(stage.mainInterpreter, () => {
        const outer = thread.get()
        const made = thread.newInterpreter(stage.homeOf(0))
        thread.python(stage.homeOf(0))
        const saved = thread.saveThread()
        thread.callback(stage.homeOf(0))
        thread.restoreThread(saved)
        thread.endInterpreter(made)
        thread.swap(outer)
      })
    })
    expect(run).toEqual({ ...ends, ranIn: ['main', 'sub', 'main'], slot: 'none' })
  })
})

describe('handed-over', () => {
  it('calls a thread back into the sub-interpreter when its thread state in the main interpreter was deleted before', () => {
    const run = onForeignThread((thread, sub, { mainInterpreter }) => {
      const first = thread.newThreadState(mainInterpreter)
      thread.acquireThread(first)
      thread.python(mainInterpreter)
      thread.clear(first)
      thread.deleteCurrent()
      thread.newThreadState(sub)
      thread.callback(sub)
    })
    expect(run).toEqual({ ...ends, ranIn: ['main', 'sub'], slot: 'thread state 2' })
  })
})

describe('attach-anothers', () => {
  it('makes a thread that is attached with the thread state of another wait for itself in Ensure', () => {
    const run = onForeignThread((thread, _, { runtime, mainInterpreter }) => {
      thread.acquireThread(runtime.mainThreadState)
      thread.python(mainInterpreter)
      thread.callback(mainInterpreter)
    })
    expect(run).toEqual({
      ending: 'waits for itself',
      ranIn: ['main'],
      gil: 'locked',
      current: 'main thread state',
      slot: 'thread state 2',
    })
  })
})

describe('attach-twice', () => {
  it('makes a thread that attaches while attached wait for itself', () => {
    const run = runToEnd(cpython32, 0, ({ main, runtime }) => main.acquireThread(runtime.mainThreadState))
    expect(run).toEqual({ ending: 'waits for itself', ranIn: [], gil: 'locked', current: 'main thread state', slot: 'main thread state' })
  })
})
