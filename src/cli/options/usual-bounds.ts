import type { Bounds } from '../../model/cpython/bounds.ts'

/** Sizes at which everything is judged unless asked otherwise: the committed reports are of these. */
export const usualBounds: Bounds = { threads: 2, interpreters: 2, rounds: 1 }

/** Where "unmodified clients keep working" looks for what works today: the main interpreter alone. */
export function baselineOf(bounds: Bounds): Bounds {
  return { ...bounds, interpreters: 1 }
}

/** The reading that was released when the debate began. */
export const statusQuoReading = 'status-quo.cpython-3.2'
