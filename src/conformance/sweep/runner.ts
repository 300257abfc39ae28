import { Worker } from 'node:worker_threads'
import { DiagnosticError, InternalError } from '../../foundation/diagnostic.ts'
import type { Judged } from './judged.ts'
import type { Answer, Request } from './order.ts'
import { stop } from './order.ts'
import { Rig } from './rig.ts'

/** Carries out one request at a time, with processes of its own. */
export interface Runner {
  /** Errors: DiagnosticError for a subject that cannot be used; an InternalError if the runner dies, also while it does nothing. */
  carryOut(request: Request): Promise<readonly Judged[]>
  /** Ends its processes; what it works on is never answered. */
  close(): Promise<void>
}

/** Milliseconds a thread may take to end its processes; then it is ended from outside, and they with it. */
const farewell = 3_000

/** A thread of its own, or this one where the program runs from its TypeScript sources, which a thread cannot load by itself. */
export function startRunner(): Runner {
  return import.meta.url.endsWith('.ts') ? new RunnerHere() : new RunnerThread(new Worker(new URL('./worker.js', import.meta.url)))
}

class RunnerThread implements Runner {
  readonly #worker: Worker
  readonly #ended: Promise<void>
  #death: InternalError | undefined
  #waiting: { readonly resolve: (judged: readonly Judged[]) => void; readonly reject: (error: unknown) => void } | undefined

  constructor(worker: Worker) {
    this.#worker = worker
    const died = (cause: unknown): void => {
      this.#death ??= new InternalError('MC901', `a thread that runs schedules died: ${cause}`, { cause })
      this.#waiting?.reject(this.#death)
    }
    worker.on('message', (answer: Answer) => {
      if (answer.ok) this.#waiting?.resolve(answer.value)
      else this.#waiting?.reject(new DiagnosticError(answer.diagnostics))
    })
    worker.on('error', died)
    worker.on('messageerror', died)
    this.#ended = new Promise((resolve) => {
      worker.on('exit', (status) => {
        died(`it ended with ${status}`)
        resolve()
      })
    })
  }

  carryOut(request: Request): Promise<readonly Judged[]> {
    if (this.#death !== undefined) return Promise.reject(this.#death)
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#worker.postMessage(request)
    })
  }

  async close(): Promise<void> {
    this.#waiting = undefined
    this.#worker.postMessage(stop)
    const timer = setTimeout(() => void this.#worker.terminate(), farewell)
    await this.#ended
    clearTimeout(timer)
  }
}

class RunnerHere implements Runner {
  readonly #stopping = new AbortController()
  readonly #rig = new Rig(this.#stopping.signal)

  carryOut({ pairing, order }: Request): Promise<readonly Judged[]> {
    return this.#rig.carryOut(pairing, order)
  }

  async close(): Promise<void> {
    this.#stopping.abort()
    await this.#rig.close()
  }
}
