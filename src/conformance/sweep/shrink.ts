import fc from 'fast-check'
import type { Schedule } from '../schedule/schedule.ts'
import { largestChoice } from './draw-numbers.ts'
import type { Judged } from './judged.ts'
import { cutOff, signatureOf } from './judged.ts'
import type { Lane } from './lane.ts'
import { possibleSchedule } from './possible-schedule.ts'

/** Schedules that fast-check may try: a number and not a time, so that the same disagreement gives the same schedule. */
const mostTried = 150

/**
 * A smallest schedule that shows the same disagreement as the one of these numbers: fewer and smaller numbers first, then every step left out
 * that is not needed. Undefined if there is nothing to shrink: the schedule agrees, or races.
 *
 * Cost: at most some 200 runs.
 */
export async function shrink(lane: Lane, numbers: readonly number[]): Promise<Judged | undefined> {
  const found = await lane.judgeSurely(possibleSchedule(numbers, lane.oracle).schedule)
  if (found.disagreement === undefined || found.verdict !== 'disagrees') return undefined
  const signature = signatureOf(found)
  const shows = async (schedule: Schedule): Promise<Judged | undefined> => {
    const judged = await lane.judge(schedule)
    return judged.verdict === 'disagrees' && signatureOf(judged) === signature ? judged : undefined
  }
  const smaller = (await smallerNumbers(lane, numbers.slice(0, found.disagreement.step + 1), shows)) ?? found
  const smallest = await withoutNeedlessSteps(cutOff(smaller), shows)
  const confirmed = await lane.judgeSurely(smallest.schedule)
  return confirmed.verdict === 'disagrees' ? confirmed : cutOff(found)
}

type Shows = (schedule: Schedule) => Promise<Judged | undefined>

async function smallerNumbers(lane: Lane, numbers: readonly number[], shows: Shows): Promise<Judged | undefined> {
  const choices = fc.array(fc.nat(largestChoice), { minLength: 1, maxLength: Math.max(numbers.length, 1) })
  let tried = 0
  const agrees = fc.asyncProperty(choices, async (chosen) => {
    tried += 1
    return tried > mostTried || (await shows(possibleSchedule(chosen, lane.oracle).schedule)) === undefined
  })
  const { counterexample } = await fc.check(agrees, { numRuns: 1, examples: [[[...numbers]]] })
  const [smallest] = counterexample ?? []
  return smallest === undefined ? undefined : shows(possibleSchedule(smallest, lane.oracle).schedule)
}

async function withoutNeedlessSteps(from: Judged, shows: Shows): Promise<Judged> {
  let smallest = from
  for (let at = from.schedule.steps.length - 2; at >= 0; at--) {
    const { schedule } = smallest
    const shown = await shows({ ...schedule, steps: schedule.steps.filter((_, step) => step !== at) })
    if (shown !== undefined) smallest = cutOff(shown)
  }
  return smallest
}
