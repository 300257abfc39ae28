import { describe, expect, it } from 'vitest'
import type { ClientThread } from '../../../src/model/clients/client-thread.ts'
import type { Stage } from '../../../src/model/clients/stage.ts'
import { swigCallbackOnPythonThread } from '../../../src/model/clients/swig-callback.ts'
import { closeGuardsIfNone } from '../../../src/model/cpython/guards/guard.ts'
import type { Policy } from '../../../src/model/cpython/policy.ts'
import type { Interpreter } from '../../../src/model/cpython/vocabulary.ts'
import { designs } from '../../../src/model/designs/catalog.ts'
import { validateDesign } from '../../../src/model/designs/define-design.ts'
import { laterDesigns, laterReadings } from '../../../src/model/designs/later-catalog.ts'
import type { Term } from '../../../src/model/language/builder.ts'
import { validateSystem } from '../../../src/model/language/validate.ts'
import { elaborate } from '../../../src/model/scenarios/elaborate.ts'
import { runProgram } from '../cpython/run-program.ts'

function policyOf(name: string): Policy {
  const found = laterReadings.find((known) => known.name === name)
  if (found === undefined) throw new TypeError(`no ${name}`)
  return found.reading.policy
}

const run = (name: string, write: (stage: Stage) => void) => runProgram({ policy: policyOf(name) }, write)

/** The main thread makes the sub-interpreter and takes a guard of it; its thread state there is remembered, nothing is attached. */
function leaveSub({ main, subInterpreters: [sub] }: Stage, body: (thread: ClientThread, sub: Term<Interpreter>) => void): void {
  if (sub === undefined) return
  main.newInterpreter(sub)
  body(main, sub)
}

describe('the designs after the debate', () => {
  it.each(laterDesigns)('$name is well formed', (design) => {
    expect(validateDesign(design, [])).toEqual([])
    expect(design.readings.length).toBeLessThanOrEqual(6)
  })

  it('have names of their own, also among the designs of the debate', () => {
    const names = [...designs, ...laterDesigns].map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    const readings = laterReadings.map(({ name }) => name)
    expect(new Set(readings).size).toBe(readings.length)
  })

  it.each(laterDesigns)('$name has no two readings that decide alike', ({ readings, variations }) => {
    const decided = [...readings, ...variations].map(({ policy }) => JSON.stringify(Object.entries(policy).sort()))
    expect(new Set(decided).size).toBe(decided.length)
  })

  it.each(laterReadings)('$name makes a valid system', ({ name, reading: { policy } }) => {
    const bounds = { threads: 1, interpreters: 2, rounds: 1 }
    const { system } = elaborate({ reading: name, policy, client: swigCallbackOnPythonThread, bounds }).compile({
      merge: false,
      visible: new Set(),
    })
    expect(validateSystem(system).ok).toBe(true)
  })
})

describe('the first revision of PEP 788', () => {
  it('takes the guard over, and the last Release closes it', () => {
    const write = (releases: boolean) => (stage: Stage) =>
      leaveSub(stage, (thread) => {
        const token = thread.ensureThreadState(thread.guardFromCurrent())
        if (releases) thread.releaseThreadState(token)
      })
    expect(run('pep-788.first-revision', write(false))).toMatchObject({ outcome: 'none', guards: [0, 1] })
    expect(run('pep-788.first-revision', write(true))).toMatchObject({ outcome: 'none', guards: [0, 0] })
  })

  it('has nothing to say when a reference is asked for too late but a fatal error', () => {
    const end = run('pep-788.first-revision', ({ main, mainInterpreter }) => {
      closeGuardsIfNone(main.caller, mainInterpreter)
      main.guardFromCurrent()
    })
    expect(end.outcome).toBe('PyInterpreterState_Hold: the interpreter ends')
  })

  it('read to the letter, lets the next Release end what keeps the interpreter alive', () => {
    const name = 'pep-788.first-revision-daemon-after-the-next-release'
    const end = run(name, (stage) =>
      leaveSub(stage, (thread) => {
        thread.ensureThreadState(thread.guardFromCurrent())
        thread.releaseThreadState(thread.ensureThreadState(thread.guardFromCurrent()))
      }),
    )
    expect(end).toMatchObject({ outcome: 'none', guards: [0, 0] })
  })
})

describe('a Release without an argument', () => {
  it('does not detach what an inner Ensure attached', () => {
    const nested = (stage: Stage) => {
      const { main, mainInterpreter } = stage
      const guard = main.guardFromCurrent()
      main.guardedCallback(mainInterpreter, guard, () => {
        const saved = main.saveThread()
        main.guardedCallback(mainInterpreter, guard)
        main.restoreThread(saved)
      })
    }
    expect(run('pep-788.references', nested).outcome).toBe('non-NULL old thread state')
    expect(run('pep-788.thread-reference', nested).outcome).toBe('none')
    expect(run('pep-788.as-released', nested).outcome).toBe('none')
  })

  it('goes back to another interpreter that was attached before', () => {
    const end = run('pep-788.references', (stage) => {
      const { main, mainInterpreter } = stage
      const guard = main.guardFromCurrent()
      leaveSub(stage, (thread) => thread.guardedCallback(mainInterpreter, guard))
    })
    expect(end).toMatchObject({ outcome: 'none', main: { attached: 'thread state 1', slot: 'thread state 1' } })
  })
})

describe('a Release that puts back what was remembered', () => {
  const fromOutside = (stage: Stage) => {
    const { main, mainInterpreter } = stage
    const guard = main.guardFromCurrent()
    leaveSub(stage, (thread) => {
      thread.saveThread()
      thread.guardedCallback(mainInterpreter, guard)
    })
  }

  it.each(['pep-788.references', 'pep-788.thread-reference', 'pep-788.released-with-the-remembered-put-back'])('%s', (name) => {
    expect(run(name, fromOutside)).toMatchObject({ outcome: 'none', main: { attached: 'none', slot: 'thread state 1' } })
  })

  it.each(['pep-788.as-released', 'pep-788.references-without-the-remembered'])('is not that of %s', (name) => {
    expect(run(name, fromOutside)).toMatchObject({ outcome: 'none', main: { attached: 'none', slot: 'none' } })
  })
})

describe('the C code of the accepted text', () => {
  it('attaches a remembered thread state of another interpreter', () => {
    const write = (stage: Stage) =>
      leaveSub(stage, (thread, sub) => {
        const guard = thread.guardFromCurrent()
        thread.swap(stage.runtime.mainThreadState)
        thread.saveThread()
        thread.guardedCallback(sub, guard)
      })
    expect(run('pep-788.accepted-pseudo-code', write).ran).toEqual(['main thread in main'])
    expect(run('pep-788.as-released', write).ran).toEqual(['main thread in sub'])
  })

  it('deletes a thread state that the thread had before', () => {
    const write = ({ main, mainInterpreter }: Stage) => {
      const guard = main.guardFromCurrent()
      main.saveThread()
      main.guardedCallback(mainInterpreter, guard)
    }
    expect(run('pep-788.accepted-pseudo-code', write).alive).toEqual([])
    expect(run('pep-788.as-released', write).alive).toEqual(['main thread state'])
  })

  it('gives the guard to a thread state that is none', () => {
    const end = run('pep-788.accepted-guard-goes-with-the-returned', ({ main, mainInterpreter }) => {
      main.saveThread()
      main.viewedCallback(mainInterpreter, main.viewFromMain())
    })
    expect(end.outcome).toBe('the sentinel is used as a thread state')
  })
})

describe('the reviewed pull request', () => {
  it('detaches a thread that was attached before', () => {
    const write = ({ main, mainInterpreter }: Stage) => main.guardedCallback(mainInterpreter, main.guardFromCurrent())
    expect(run('pep-788.reviewed-head', write).main.attached).toBe('none')
    expect(run('pep-788.as-released', write).main.attached).toBe('main thread state')
  })
})

describe('finalize blocks', () => {
  it('are open while the callback runs, and closed after it', () => {
    const end = run('finalize-blocks.late-threads-sleep', ({ main, mainInterpreter }) => {
      main.saveThread()
      main.blockedCallback(mainInterpreter)
    })
    expect(end).toMatchObject({ outcome: 'none', ran: ['main thread in main'], guards: [0, 0] })
  })

  it('are refused once the runtime waits for nothing any more', () => {
    const end = run('finalize-blocks.late-threads-sleep', ({ main, mainInterpreter }) => {
      closeGuardsIfNone(main.caller, mainInterpreter)
      main.saveThread()
      main.blockedCallback(mainInterpreter)
    })
    expect(end).toMatchObject({ outcome: 'none', ran: [], main: { stands: 'ends' } })
  })
})

describe('a migrated callback on a fresh thread', () => {
  const ensures = laterReadings.filter(({ design, name }) => design.name === 'pep-788' && !name.includes('goes-with-the-returned'))

  it.each(ensures)('runs in its interpreter and leaves nothing open: $name', ({ name }) => {
    const end = run(name, (stage) => {
      stage.setUp()
      stage.eachThread((thread, home) => thread.migratedCallback(home))
    })
    expect(end).toMatchObject({ outcome: 'none', ran: ['thread 1 in sub'], guards: [0, 0], thread: { attached: 'none', slot: 'none' } })
    expect(end.alive).toEqual(['main thread state', 'thread state 1'])
  })
})

describe('PyThreadState_Ensure with an interpreter and no guard', () => {
  const intoSub = (stage: Stage) => {
    stage.setUp()
    stage.eachThread((thread, home) => thread.migratedCallback(home))
  }

  it('runs in that interpreter where the thread is fresh', () => {
    expect(run('ensure-with-interpreter.slot-is-used', intoSub)).toMatchObject({ outcome: 'none', ran: ['thread 1 in sub'] })
  })

  it('runs elsewhere where the thread remembers a thread state of another interpreter', () => {
    const write = (stage: Stage) =>
      leaveSub(stage, (thread, sub) => {
        thread.swap(stage.runtime.mainThreadState)
        thread.saveThread()
        thread.migratedCallback(sub)
      })
    expect(run('ensure-with-interpreter.slot-is-used', write).ran).toEqual(['main thread in main'])
    expect(run('ensure-with-interpreter.foreign-slot-is-ignored', write).ran).toEqual(['main thread in sub'])
  })

  it('uses an interpreter that has ended', () => {
    const end = run('ensure-with-interpreter.slot-is-used', (stage) => {
      const { main } = stage
      const [sub] = stage.subInterpreters
      if (sub === undefined) return
      main.endInterpreter(main.newInterpreter(sub))
      main.migratedCallback(sub)
    })
    expect(end.outcome).toBe('an interpreter that does not exist any more is used')
  })
})

describe('the slot that follows what is attached', () => {
  const visitSub = (stage: Stage) =>
    leaveSub(stage, (thread) => {
      thread.saveThread()
    })

  it('holds the sub-interpreter that was attached last', () => {
    expect(run('slot-follows-attach.cpython-3.12', visitSub).main.slot).toBe('thread state 1')
  })

  it.each(['bound-only-when-made', 'bound-only-when-made-in-3.12'])('is not that of %s', (reading) => {
    expect(run(`slot-follows-attach.${reading}`, visitSub).main.slot).toBe('main thread state')
  })
})
