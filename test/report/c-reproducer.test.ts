import { describe, expect, it } from 'vitest'
import type { Reproduction, ReproductionStep } from '../../src/report/c-program/reproduction.ts'
import { renderCProgram } from '../../src/report/c-reproducer.ts'

const returning = { expects: 'returns', comesBack: [], comesIn: [] } as const

/** A foreign thread waits in Ensure until the main thread lets go, and its callback runs in the wrong interpreter. Written by hand. */
const steps: readonly ReproductionStep[] = [
  { ...returning, thread: 'main thread', call: 'Py_NewInterpreter', arguments: [], result: 'sub_1' },
  { ...returning, thread: 'thread 1', call: 'PyGILState_Ensure', arguments: [], result: 'gstate_1', expects: 'waits' },
  { ...returning, thread: 'main thread', call: 'PyEval_SaveThread', arguments: [], result: 'saved_1', comesBack: [1] },
  { ...returning, thread: 'thread 1', call: 'run Python', arguments: [], home: "sub_1'" },
]
const reproduction: Reproduction = {
  title: 'callback on design',
  story: ['A thread calls back into sub and runs in main.'],
  promise: 'Python code runs with a thread state of the interpreter it belongs to.',
  violation: 'thread state used by the wrong interpreter',
  foundOn: 'CPython 3.2',
  replayCode: 'gp1:design.reading:callback:runs-in-its-interpreter:1.2.1:0123456789ab:00:1234',
  remarks: [],
  threads: [
    { name: 'main thread', startedBy: 'the system' },
    { name: 'thread 1', startedBy: 'the system' },
  ],
  steps,
  evidence: { kind: 'wrong interpreter' },
  initializesThreads: true,
}

/** The same with these last steps. */
function endingIn(last: readonly ReproductionStep[], evidence: Reproduction['evidence']): string {
  return renderCProgram({ ...reproduction, steps: [...steps.slice(0, 3), ...last], evidence })
}

describe('a counterexample as a C program', () => {
  it('makes the calls in their order and says what shows', async () => {
    await expect(renderCProgram(reproduction)).toMatchFileSnapshot('../golden/report/reproducer.c')
  })

  it('never ends its first comment early', () => {
    const text = renderCProgram({ ...reproduction, story: ['Something */ odd.'] })

    expect(text.indexOf('*/')).toBe(text.indexOf('*/\n\n#include'))
  })

  it('declares functions that newer headers have forgotten', () => {
    const text = endingIn([{ ...returning, thread: 'thread 1', call: 'PyEval_ReleaseLock', arguments: [] }], { kind: 'as foreseen' })

    expect(text).toContain('#if PY_VERSION_HEX >= 0x030D0000')
    expect(text).toContain('extern void PyEval_ReleaseLock(void);')
  })

  it('takes a call that never comes back for the failure', () => {
    const last: ReproductionStep = {
      ...returning,
      thread: 'thread 1',
      call: 'PyEval_RestoreThread',
      arguments: ['saved_1'],
      expects: 'waits',
    }
    const text = endingIn([last], { kind: 'blocked', steps: [3] })

    expect(text).toContain('judge(step_now == STEPS && !has_come_back[4], "a call waits for ever");')
    expect(text).toContain(
      '    alarm(2);\n    let_go(4);\n    PyEval_RestoreThread(saved_1);\n    done(4);\n\n    judge(0, "the call came back");',
    )
  })

  it('lets another thread look at its own slot', () => {
    const last: ReproductionStep = { ...returning, thread: 'main thread', call: 'PyThreadState_Delete', arguments: ['main thread state'] }
    const text = endingIn([last], { kind: 'dangling slot', thread: 'thread 1' })

    expect(text).toContain('    wait_until(&has_come_back[4]);\n    judge(PyGILState_GetThisThreadState() != NULL')
  })

  it('starts threads by Python, and begins nothing in them before they run', () => {
    const text = renderCProgram({
      ...reproduction,
      threads: [
        { name: 'main thread', startedBy: 'the system' },
        { name: 'thread 1', startedBy: 'Python' },
      ],
      steps: [
        { ...returning, thread: 'main thread', call: 'start a Python thread', arguments: [], result: 'thread 1' },
        { ...returning, thread: 'main thread', call: 'PyEval_SaveThread', arguments: [], result: 'saved_1', comesIn: ['thread 1'] },
        { ...returning, thread: 'thread 1', call: 'run Python', arguments: [], home: 'main' },
      ],
    })

    expect(text).toContain('start_python_thread(&thread_1_method);')
    expect(text).toContain('    wait_until(&thread_1_runs);\n    turn(3, ')
  })
})
