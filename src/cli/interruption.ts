import { exitStatus } from './exit-status.ts'
import type { Terminal } from './terminal.ts'

/** Ctrl-C: once asks for an honest end, twice ends the program at once. */
export interface Interruption {
  readonly signal: AbortSignal
  /** Stops listening. */
  readonly end: () => void
}

export function listenForInterruption(terminal: Terminal): Interruption {
  const controller = new AbortController()
  const listener = (): void => {
    if (controller.signal.aborted) process.exit(exitStatus.interruptedTwice)
    terminal.note('Interrupted: stopping. Once more to end at once.')
    controller.abort()
  }
  process.on('SIGINT', listener)
  process.on('SIGTERM', listener)
  return {
    signal: controller.signal,
    end: () => {
      process.off('SIGINT', listener)
      process.off('SIGTERM', listener)
    },
  }
}

/** Lets signals in between two parts of a search. */
export function pause(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve))
}
