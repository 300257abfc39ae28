import { parentPort } from 'node:worker_threads'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { Answer, Request } from './order.ts'
import { stop } from './order.ts'
import { Rig } from './rig.ts'

/** One thread of a pool: carries out a request, sends back its answer, waits for the next. What else throws here ends it, and the pool tells. */
const stopping = new AbortController()
const rig = new Rig(stopping.signal)

parentPort?.on('message', (message: Request | typeof stop) => {
  if (message === stop) {
    stopping.abort()
    rig.close().then(() => process.exit(0))
    return
  }
  rig.carryOut(message.pairing, message.order).then(
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
