import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { scheduleOf } from '../../src/conformance/schedule/schedule-text.ts'
import { compileHarness } from '../../src/conformance/subject/compile-harness.ts'
import { encodeSchedule } from '../../src/conformance/subject/encode-schedule.ts'
import { encodeOptions, harnessCommand } from '../../src/conformance/subject/harness-command.ts'
import type { Observation } from '../../src/conformance/subject/observation.ts'
import { HarnessWorker } from '../../src/conformance/subject/run-schedule.ts'
import type { Subject } from '../../src/conformance/subject/subject.ts'
import { descendants, survivors } from './processes.ts'
import { minorOf, subjectUnderTest } from './subject-under-test.ts'

let subject: Subject
let worker: HarnessWorker

beforeAll(async () => {
  subject = await subjectUnderTest()
  worker = await HarnessWorker.start(subject)
}, 60_000)

afterAll(() => worker.close())

function observe(...lines: readonly string[]): Promise<readonly Observation[]> {
  return worker.run(scheduleOf(lines))
}

describe('a schedule on a real libpython', () => {
  it('shows the nesting of Ensure in the counter', async () => {
    const seen = await observe(
      'M: PyGILState_Ensure() -> g',
      'M: PyGILState_Ensure() -> h',
      'M: PyGILState_Release(h)',
      'M: PyGILState_Release(g)',
    )

    expect(seen.map(({ outcome }) => outcome)).toEqual([
      { kind: 'returned', value: 'PyGILState_LOCKED' },
      { kind: 'returned', value: 'PyGILState_LOCKED' },
      { kind: 'returned' },
      { kind: 'returned' },
    ])
    expect(seen.map(({ interpreters }) => interpreters[0]?.threadStates)).toEqual(
      [2, 3, 2, 1].map((counter) => [expect.objectContaining({ name: 'main thread state', counter })]),
    )
  })

  it('proves that Ensure blocks while another thread is attached, and sees it come back', async () => {
    const seen = await observe('F: PyGILState_Ensure() -> g', 'M: PyEval_SaveThread() -> s', 'F: PyGILState_Release(g)')

    expect(seen[0]).toMatchObject({ outcome: { kind: 'blocked' }, isExact: true })
    expect(seen[0]?.threads).toMatchObject([
      { name: 'F', is: 'blocked' },
      { name: 'M', is: 'waiting for calls' },
    ])
    expect(seen[0]?.interpreters[0]?.threadStates.map(({ name }) => name)).toEqual(['F#1', 'main thread state'])
    expect(seen[1]?.outcome).toEqual({ kind: 'returned', value: 'main thread state' })
    expect(seen[1]?.cameBack).toEqual([{ thread: 'F', step: 0, outcome: { kind: 'returned', value: 'PyGILState_UNLOCKED' } }])
    expect(seen[1]?.threads).toMatchObject([
      { name: 'F', current: 'F#1', slot: 'F#1' },
      { name: 'M', slot: 'main thread state' },
    ])
    expect(seen[2]?.interpreters[0]?.threadStates.map(({ name }) => name)).toEqual(['main thread state'])
  })

  it('keeps the message of a fatal error', async () => {
    const seen = await observe('M: PyEval_SaveThread() -> s', 'M: PyThreadState_Get() -> c', 'M: PyEval_RestoreThread(s)')

    expect(seen).toHaveLength(2)
    expect(seen[1]?.outcome).toEqual({ kind: 'died', death: { kind: 'fatal', message: expect.stringMatching(/^PyThreadState_Get: /) } })
    expect(seen[1]?.interpreters).toEqual([])
  })

  it('tells who had freed what is used', async () => {
    const seen = await observe(
      'M: PyThreadState_New(main) -> a',
      'M: PyThreadState_Clear(a)',
      'M: PyThreadState_Delete(a)',
      'M: PyEval_SaveThread() -> s',
      'F: PyEval_RestoreThread(a)',
      'F: run Python() -> w', // Python 2 only looks at it now
    )

    const message = 'thread state a, freed by M in step 2 (PyThreadState_Delete), used by F'
    expect(seen.at(-1)?.outcome).toEqual({ kind: 'died', death: { kind: 'use after free', message } })
  })

  it('tells a thread that waits for itself from one that dies of it', async () => {
    const [only] = await observe('M: PyEval_RestoreThread(main thread state)')

    // From 3.13 it is a fatal error to attach a second thread state.
    expect(only).toMatchObject({ outcome: { kind: minorOf(subject) < 13 ? 'blocked' : 'died' }, isExact: true })
  })

  it('sees what becomes of a thread that is too late for the GIL', async () => {
    const seen = await observe('M: register an atexit callback()', 'M: Py_FinalizeEx()', 'F: PyGILState_Ensure() -> g', 'M: return()')

    expect(seen[2]?.outcome.kind).toBe('blocked')
    // Before 3.9 it waits for ever, until 3.13.8 it is ended (or finds its thread state freed), then it hangs.
    const late = seen[3]?.cameBack.find(({ thread }) => thread === 'F')?.outcome.kind ?? seen[3]?.threads[0]?.is
    expect(late).toMatch(minorOf(subject) < 9 ? /^blocked$/ : /^(exited|died|hung)$/)
  })

  it('makes calls inside an atexit callback and inside finalizers', async () => {
    const seen = await observe(
      'M: register an atexit callback()',
      'M: leave an object with a finalizer()',
      'M: leave an object in the thread state()',
      'M: Py_FinalizeEx()',
      'M: PyEval_SaveThread() -> s',
      'F: PyGILState_Ensure() -> g',
      'F: PyGILState_Release(g)',
      'M: PyEval_RestoreThread(s)',
      'M: return()',
      'M: return()',
      'M: return()',
      'M: Py_IsInitialized() -> n',
    )

    expect(seen.slice(3).map(({ outcome }) => outcome)).toEqual([
      { kind: 'inside', what: 'atexit callback' },
      { kind: 'returned', value: 'main thread state' },
      { kind: 'returned', value: 'PyGILState_UNLOCKED' },
      { kind: 'returned' },
      { kind: 'returned' },
      { kind: 'inside', what: 'finalizer' },
      { kind: 'inside', what: 'thread state finalizer' },
      { kind: 'returned' },
      { kind: 'returned', value: '0' },
    ])
    expect(seen.at(-1)?.interpreters).toEqual([])
  })

  it('gives a Python thread calls inside its body, and names its thread state after it', async () => {
    const seen = await worker.run({
      threads: ['M'],
      start: 'initialized with threads',
      steps: scheduleOf([
        'M: start a Python thread() -> P',
        'M: PyEval_SaveThread() -> s',
        'P: run Python() -> w',
        'P: return()',
        'M: PyEval_RestoreThread(s)',
      ]).steps,
    })

    expect(seen[1]?.threads).toMatchObject([{ name: 'M' }, { name: 'P', is: 'waiting for calls', current: "P'", slot: "P'" }])
    expect(seen[2]?.outcome).toEqual({ kind: 'returned', value: 'main' })
    expect(seen[3]).toMatchObject({ outcome: { kind: 'returned' }, threads: [{ name: 'M' }, { name: 'P', is: 'exited' }] })
    expect(seen[4]?.outcome).toEqual({ kind: 'returned' })
  })

  it('names a new interpreter after the result, and tells in which one Python runs', async () => {
    const seen = await observe('M: Py_NewInterpreter() -> t', 'M: run Python() -> w', 'M: Py_EndInterpreter(t)')

    expect(seen[0]?.interpreters.map(({ name }) => name)).toEqual(['main', "t'"])
    expect(seen[1]?.outcome).toEqual({ kind: 'returned', value: "t'" })
    expect(seen[2]?.interpreters.map(({ name }) => name)).toEqual(['main'])
  })

  it('shows which GIL an interpreter uses, where it can have its own', async () => {
    const [only] = await observe('M: new interpreter with its own GIL() -> t')

    // Since 3.12.
    if (minorOf(subject) < 12) expect(only?.outcome).toEqual({ kind: 'unavailable' })
    else
      expect(only?.interpreters).toMatchObject([
        { name: 'main', gil: { of: 'main', locked: false } },
        { name: "t'", gil: { of: "t'", locked: true } },
      ])
  })

  it('starts before Python does', async () => {
    const seen = await worker.run(
      scheduleOf(['M: Py_IsInitialized() -> n', 'M: Py_Initialize()', 'M: PyThreadState_Get() -> c'], 'not initialized'),
    )

    expect(seen[0]).toMatchObject({ outcome: { kind: 'returned', value: '0' }, interpreters: [] })
    expect(seen[2]).toMatchObject({ outcome: { kind: 'returned', value: 'main thread state' }, interpreters: [{ name: 'main' }] })
  })

  it('skips a call of a thread that is in another one, or of which an operand has no value', async () => {
    const seen = await observe('F: PyGILState_Ensure() -> g', 'F: PyGILState_GetThisThreadState() -> n', 'M: PyGILState_Release(g)')

    expect(seen.slice(1).map(({ outcome }) => outcome)).toEqual([
      { kind: 'skipped', reason: 'thread F is not waiting for calls' },
      { kind: 'skipped', reason: 'g has no value' },
    ])
  })

  it('observes the same whether Python is forked after its start or started anew', async () => {
    const steps = ['M: Py_NewInterpreter() -> t', 'F: PyGILState_Ensure() -> g', 'M: PyEval_SaveThread() -> s', 'F: PyGILState_Release(g)']
    const anew = await HarnessWorker.start(subject, { forkInitialized: false })

    expect(await anew.run(scheduleOf(steps))).toEqual(await observe(...steps))

    await anew.close()
  })

  it('compiles the modules that Python needs once, into a folder of their own, and observes the same with them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gilproof-bytecode-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const steps = ['M: Py_NewInterpreter() -> t', 'M: run Python()', 'M: Py_EndInterpreter(t)']
    const compiled = (): readonly string[] => readdirSync(folder, { recursive: true }).map(String).sort()
    const own = await HarnessWorker.start(subject, { bytecodeFolder: folder })
    const none = await HarnessWorker.start(subject, { bytecodeFolder: '' })
    const atStart = compiled()

    expect(await own.run(scheduleOf(steps))).toEqual(await none.run(scheduleOf(steps)))
    await own.run(scheduleOf(['M: start a threading thread() -> P']))
    expect(compiled()).toEqual(atStart)
    // Python has such a folder since 3.8.
    expect(atStart.some((path) => /encodings\/__init__\.cpython-\d+\.pyc$/.test(path))).toBe(minorOf(subject) >= 8)
    expect(atStart.some((path) => /threading\.cpython-\d+\.pyc$/.test(path))).toBe(minorOf(subject) >= 8)

    await Promise.all([own.close(), none.close()])
  })

  it('only waits, and says so, where blocking is not to be proved', async () => {
    const waiting = await HarnessWorker.start(subject, { proveBlocking: false, patience: 50 })
    const seen = await waiting.run(scheduleOf(['M: PyGILState_Ensure() -> g', 'F: PyGILState_Ensure() -> h']))
    await waiting.close()

    expect(seen).toMatchObject([
      { outcome: { kind: 'returned' }, isExact: true },
      { outcome: { kind: 'blocked' }, isExact: false },
    ])
  })
})

describe('a harness worker', () => {
  it('refuses an unknown call by name, and goes on', async () => {
    await expect(observe('M: Py_Frobnicate()')).rejects.toThrow(/MC708.*unknown call: "Py_Frobnicate"/)

    expect(await observe('M: PyGILState_Ensure() -> g')).toHaveLength(1)
  })

  it('refuses a name that cannot stand in a request', async () => {
    await expect(observe('M: PyThreadState_New(a"b) -> c')).rejects.toThrow(/MC708/)
  })

  it('answers every malformed request', async () => {
    const answers = await rawAnswers(['nonsense', 'run', 'schedule\tsometimes\nrun', 'step\tM\nrun', '\t\t\t\nschedule\nthread\nrun'])

    expect(answers).toHaveLength(6)
    for (const answer of answers) expect(answer).toMatch(/^\{"error":"malformed","message":/)
  })

  it('ends with the reason of the signal that aborts it', async () => {
    const other = await HarnessWorker.start(subject, { proveBlocking: false, patience: 5000 })
    const signal = AbortSignal.timeout(100)

    await expect(other.run(scheduleOf(['F: PyGILState_Ensure() -> g']), signal)).rejects.toThrow(/timeout/i)
    await expect(other.run(scheduleOf(['M: PyGILState_Ensure() -> g']))).rejects.toThrow(/MC709/)
  })

  it.each(['SIGKILL', 'SIGINT', 'end of input'] as const)('leaves no process behind after %s', async (how) => {
    // A call that only counts as blocked after 20 s, so that a subject is running.
    const controller = await startRaw()
    controller.stdin.write(encodeOptions(subject, { proveBlocking: false, patience: 20_000 }))
    controller.stdin.write(encodeSchedule(scheduleOf(['F: PyGILState_Ensure() -> g'])))
    const family = await descendantsOnceThereAre(2, controller.pid ?? 0)

    if (how === 'end of input') controller.stdin.end()
    else controller.kill(how)

    expect(family.length).toBeGreaterThanOrEqual(2)
    expect(await survivors([...family, controller.pid ?? 0])).toEqual([])
  })
})

async function descendantsOnceThereAre(count: number, ancestor: number): Promise<readonly number[]> {
  for (let round = 0; round < 200; round++) {
    const found = descendants(ancestor)
    if (found.length >= count) return found
    await pause(20)
  }
  return descendants(ancestor)
}

async function startRaw(): Promise<ChildProcessWithoutNullStreams> {
  const form = subject.how === 'preloaded executable' ? 'preload library' : 'executable'
  const { command, operands, environment } = harnessCommand(subject, await compileHarness(form))
  return spawn(command, operands, { env: environment, stdio: 'pipe' })
}

/** What the harness answers to lines that no worker would send; its input stays open until it has answered them all. */
async function rawAnswers(requests: readonly string[]): Promise<readonly string[]> {
  const harness = await startRaw()
  const answers: string[] = []
  createInterface({ input: harness.stdout }).on('line', (line) => answers.push(line))
  harness.stdin.write(`${requests.join('\n')}\n`)
  await pause(200)
  harness.stdin.end()
  await new Promise((resolve) => harness.once('close', resolve))
  return answers
}
