import { ModelError } from '../../model/language/model-error.ts'
import type { DrawnSchedule } from '../generate/random-schedule.ts'
import { scheduleFrom } from '../generate/random-schedule.ts'
import type { Oracle } from '../predict/oracle.ts'

/** The schedule of these numbers, up to where a counter of the model would leave its range: there is no end to Ensure without Release. */
export function possibleSchedule(numbers: readonly number[], oracle: Oracle): DrawnSchedule {
  for (let length = numbers.length; ; length--) {
    try {
      return scheduleFrom(numbers.slice(0, length), oracle)
    } catch (error) {
      if (!(error instanceof ModelError) || length === 0) throw error
    }
  }
}
