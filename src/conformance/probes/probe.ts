import type { Schedule } from '../schedule/schedule.ts'
import { scheduleOf } from '../schedule/schedule-text.ts'

/** A schedule written by hand, because of what it shows. */
export interface Probe {
  readonly name: string
  /** The question that it asks. */
  readonly says: string
  readonly schedule: Schedule
}

/** Steps as `F: PyGILState_Ensure() -> g`. */
export function probe(name: string, says: string, lines: readonly string[], start?: Schedule['start']): Probe {
  return { name, says, schedule: scheduleOf(lines, start) }
}
