import type { Helper } from './helper.ts'
import { startHelper } from './helper.ts'
import type { Judged } from './judged.ts'
import type { Request } from './order.ts'

interface Waiting {
  readonly request: Request
  readonly resolve: (results: readonly Judged[]) => void
  readonly reject: (error: unknown) => void
}

/** Helpers that carry out requests at the same time. Requests wait in their order for a helper that is free. */
export class SweepPool {
  readonly #size: number
  readonly #free: Helper[] = []
  readonly #all: Helper[] = []
  readonly #busy = new Set<Waiting>()
  readonly #queue: Waiting[] = []
  #isClosed = false

  constructor(size: number) {
    this.#size = size
  }

  /** Errors: those of `Helper.carryOut`; PoolClosed when the pool is closed first. */
  ask(request: Request): Promise<readonly Judged[]> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, resolve, reject })
      this.#proceed()
    })
  }

  /** Ends all helpers and all their processes; requests that were not answered are rejected. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#proceed()
    for (const { reject } of this.#busy) reject(new PoolClosed())
    await Promise.all(this.#all.map((helper) => helper.close()))
  }

  #proceed(): void {
    if (this.#isClosed) for (const { reject } of this.#queue.splice(0)) reject(new PoolClosed())
    while (this.#queue.length > 0) {
      const helper = this.#free.pop() ?? this.#start()
      const next = helper === undefined ? undefined : this.#queue.shift()
      if (helper === undefined || next === undefined) return
      this.#hand(helper, next)
    }
  }

  #start(): Helper | undefined {
    if (this.#all.length >= this.#size) return undefined
    const helper = startHelper()
    this.#all.push(helper)
    return helper
  }

  #hand(helper: Helper, waiting: Waiting): void {
    this.#busy.add(waiting)
    helper
      .carryOut(waiting.request)
      .then(waiting.resolve, (error: unknown) => waiting.reject(this.#isClosed ? new PoolClosed() : error))
      .finally(() => {
        this.#busy.delete(waiting)
        this.#free.push(helper)
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
