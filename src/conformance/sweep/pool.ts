import type { Judged } from './judged.ts'
import type { Request } from './order.ts'
import type { Runner } from './runner.ts'
import { startRunner } from './runner.ts'

interface Waiting {
  readonly request: Request
  readonly resolve: (results: readonly Judged[]) => void
  readonly reject: (error: unknown) => void
}

/** Runners that carry out requests at the same time. Requests wait in their order for a runner that is free. */
export class SweepPool {
  readonly #size: number
  readonly #free: Runner[] = []
  readonly #all: Runner[] = []
  readonly #busy = new Set<Waiting>()
  readonly #queue: Waiting[] = []
  #isClosed = false

  constructor(size: number) {
    this.#size = size
  }

  /** Errors: those of `Runner.carryOut`; PoolClosed when the pool is closed first. */
  ask(request: Request): Promise<readonly Judged[]> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, resolve, reject })
      this.#proceed()
    })
  }

  /** Ends all runners and all their processes; requests that were not answered are rejected. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#proceed()
    for (const { reject } of this.#busy) reject(new PoolClosed())
    await Promise.all(this.#all.map((runner) => runner.close()))
  }

  #proceed(): void {
    if (this.#isClosed) for (const { reject } of this.#queue.splice(0)) reject(new PoolClosed())
    while (this.#queue.length > 0) {
      const runner = this.#free.pop() ?? this.#start()
      const next = runner === undefined ? undefined : this.#queue.shift()
      if (runner === undefined || next === undefined) return
      this.#hand(runner, next)
    }
  }

  #start(): Runner | undefined {
    if (this.#all.length >= this.#size) return undefined
    const runner = startRunner()
    this.#all.push(runner)
    return runner
  }

  #hand(runner: Runner, waiting: Waiting): void {
    this.#busy.add(waiting)
    runner
      .carryOut(waiting.request)
      .then(waiting.resolve, (error: unknown) => waiting.reject(this.#isClosed ? new PoolClosed() : error))
      .finally(() => {
        this.#busy.delete(waiting)
        this.#free.push(runner)
        this.#proceed()
      })
  }
}

/** Why requests of a closed pool are not answered. */
export class PoolClosed extends Error {
  override readonly name = 'PoolClosed'

  constructor() {
    super('the pool was closed')
  }
}
