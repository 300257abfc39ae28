import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Diagnostic } from '../../foundation/diagnostic.ts'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { cacheFolder } from './cache-folder.ts'
import { compileHarness } from './compile-harness.ts'
import { encodeSchedule } from './encode-schedule.ts'
import type { HarnessOptions, SubjectLocation } from './harness-command.ts'
import { encodeOptions, harnessCommand } from './harness-command.ts'
import type { Observation } from './observation.ts'
import type { HarnessAnswer } from './parse-answer.ts'
import { parseAnswer } from './parse-answer.ts'

/** Python may take 10 s to start, twice if it has to be initialized anew; the harness then answers by itself. */
const startLimit = 25_000

const running = new Set<ChildProcessWithoutNullStreams>()
let isWatchingExit = false

/**
 * A process that runs schedules on one libpython, one at a time. It ends when this process ends, however that happens: its input then
 * closes, and everything it has started dies with it.
 */
export class HarnessWorker {
  readonly ready: Extract<HarnessAnswer, { kind: 'ready' }>
  readonly #child: ChildProcessWithoutNullStreams
  readonly #answers: Answers
  #turn: Promise<unknown> = Promise.resolve()

  private constructor(child: ChildProcessWithoutNullStreams, answers: Answers, ready: Extract<HarnessAnswer, { kind: 'ready' }>) {
    this.#child = child
    this.#answers = answers
    this.ready = ready
  }

  /** Cost: about 50 ms, and once 2 s to compile. Errors: those of `compileHarness`; MC704 and MC705 if the subject cannot be used. */
  static async start(subject: SubjectLocation, options: HarnessOptions = {}): Promise<HarnessWorker> {
    const child = await launch(subject)
    const answers = new Answers(child)
    child.stdin.write(encodeOptions(subject, { bytecodeFolder: join(cacheFolder(), 'bytecode'), ...options }))
    const timer = setTimeout(() => child.kill('SIGKILL'), startLimit)
    try {
      const answer = await answers.next()
      if (answer?.kind === 'ready') return new HarnessWorker(child, answers, answer)
      throw unusable(subject, answer)
    } catch (error) {
      child.kill('SIGKILL')
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  /**
   * Runs a schedule in a fresh process, after those asked for before. One observation for each step up to the last or to the death of
   * the process. Errors: MC708 for a schedule the harness refuses, MC705 if Python does not start, MC709 if the worker has ended; the
   * signal's reason if it is aborted, which ends the worker.
   */
  run(schedule: Schedule, signal?: AbortSignal): Promise<readonly Observation[]> {
    const result = this.#turn.then(() => this.#run(encodeSchedule(schedule), signal))
    this.#turn = result.catch(() => undefined)
    return result
  }

  async #run(request: string, signal: AbortSignal | undefined): Promise<readonly Observation[]> {
    signal?.throwIfAborted()
    const abort = (): void => {
      this.#child.kill('SIGKILL')
    }
    signal?.addEventListener('abort', abort)
    try {
      this.#child.stdin.write(request)
      return await this.#readObservations()
    } catch (error) {
      signal?.throwIfAborted()
      throw error
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  async #readObservations(): Promise<readonly Observation[]> {
    const observations: Observation[] = []
    for (;;) {
      const answer = await this.#answers.next()
      if (answer?.kind === 'end') return observations
      if (answer?.kind === 'observation') observations.push(answer.observation)
      else throw refused(answer)
    }
  }

  /** Ends the worker and waits until it is gone. A schedule that runs is given up. */
  async close(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#answers.ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }
}

/** Answers of the harness in the order it gives them; undefined once it has ended. */
class Answers {
  readonly ended: Promise<void>
  readonly #lines: AsyncIterator<string>

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    this.ended = new Promise((resolve) => {
      child.once('close', () => resolve())
    })
  }

  async next(): Promise<HarnessAnswer | undefined> {
    const line = await this.#lines.next()
    return line.done === true ? undefined : parseAnswer(line.value)
  }
}

async function launch(subject: SubjectLocation): Promise<ChildProcessWithoutNullStreams> {
  const harness = await compileHarness(subject.how === 'preloaded executable' ? 'preload library' : 'executable')
  const { command, operands, environment } = harnessCommand(subject, harness)
  // A session of its own: Ctrl-C is for this process, which then ends its workers in order.
  const child = spawn(command, operands, { env: environment, stdio: 'pipe', cwd: '/', detached: true })
  running.add(child)
  if (!isWatchingExit) process.on('exit', killAll)
  isWatchingExit = true
  child.once('close', () => running.delete(child))
  // A command that cannot be run, or a write to one that has ended, shows as the end of its answers.
  child.once('error', () => undefined)
  child.stdin.on('error', () => undefined)
  child.stderr.resume()
  return child
}

function killAll(): void {
  for (const child of running) child.kill('SIGKILL')
}

function unusable({ path }: SubjectLocation, answer: HarnessAnswer | undefined): DiagnosticError {
  const { code, message } = answer?.kind === 'error' ? answer : { code: 'start', message: 'it ends at once, or does not start within 25 s' }
  const diagnostics: Readonly<Record<string, Diagnostic>> = {
    symbol: {
      code: 'MC704',
      message: `It has no symbol ${message}.`,
      hint: 'It is not a libpython, or its symbols were stripped. Give a python executable, or a libpython with its dynamic symbols.',
      place: [path],
    },
    library: { code: 'MC701', message: `It cannot be loaded: ${message}.`, hint: 'Give a libpython of this machine.', place: [path] },
  }
  return new DiagnosticError([
    diagnostics[code] ?? {
      code: 'MC705',
      message: `Python does not start: ${message}.`,
      hint: 'Try the same with the interpreter itself; its standard library must be where it looks for it.',
      place: [path],
    },
  ])
}

function refused(answer: HarnessAnswer | undefined): DiagnosticError {
  if (answer?.kind === 'error' && answer.code === 'malformed')
    return new DiagnosticError([
      {
        code: 'MC708',
        message: `The harness refuses the schedule: ${answer.message}.`,
        hint: 'See schedule/calls.ts.',
        place: ['schedule'],
      },
    ])
  if (answer?.kind === 'error')
    return new DiagnosticError([{ code: 'MC705', message: `Python does not start: ${answer.message}.`, place: ['schedule'] }])
  return new DiagnosticError([
    { code: 'MC709', message: 'The harness has ended before it answered.', hint: 'Start another worker.', place: ['schedule'] },
  ])
}
