import { parentPort } from 'node:worker_threads'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import { Lockstep } from './lockstep.ts'
import type { Answer, Request } from './order.ts'
import { stop } from './order.ts'

/** One thread of a pool: carries out a request, sends back its answer, waits for the next. What else throws here ends it, and the pool tells. */
const stopping = new AbortController()
const lockstep = new Lockstep(stopping.signal)

parentPort?.on('message', (message: Request | typeof stop) => {
  if (message === stop) {
    stopping.abort()
    lockstep.close().then(() => process.exit(0))
    return
  }
  lockstep.carryOut(message.pairing, message.order).then(
    (value) => parentPort?.postMessage({ ok: true, value } satisfies Answer),
    (error: unknown) => {
      if (stopping.signal.aborted) return
      if (error instanceof DiagnosticError) parentPort?.postMessage({ ok: false, diagnostics: error.diagnostics } satisfies Answer)
      else
        setImmediate(() => {
          // Out of the promise, so that it ends the thread.
          throw error
        })
    },
  )
})
