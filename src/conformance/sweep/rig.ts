import { stableJson } from '../../foundation/stable-json.ts'
import { Oracle } from '../predict/oracle.ts'
import { Predictor } from '../predict/predictor.ts'
import { scheduleMachine } from '../predict/schedule-machine.ts'
import { HarnessWorker } from '../subject/run-schedule.ts'
import type { Judged } from './judged.ts'
import { Lane } from './lane.ts'
import type { Order, Pairing } from './order.ts'
import { possibleSchedule } from './possible-schedule.ts'
import { shrink } from './shrink.ts'

/**
 * Processes with a libpython for each thread. While one runs a schedule the model can be asked about another: two keep a thread busy (measured:
 * 3.11 on two processors, see docs/decisions/0004-conformance.md).
 */
const lanesPerThread = 2

/** Carries out orders, keeping the processes and the model of the pairing it worked on last. */
export class Rig {
  readonly #signal: AbortSignal
  #oracle: { readonly of: string; readonly oracle: Oracle } | undefined
  #lanes: { readonly of: string; readonly lanes: readonly Lane[] } | undefined

  /** The signal ends all processes, and rejects what is under way with its reason. */
  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  /** Cost: about 0.5 s more for another pairing than before. Errors: those of `HarnessWorker`. */
  async carryOut(pairing: Pairing, order: Order): Promise<readonly Judged[]> {
    const lanes = await this.#lanesFor(pairing)
    switch (order.kind) {
      case 'random':
        return spread(lanes, order.numbers, (lane, numbers) => {
          const { schedule, foretold } = possibleSchedule(numbers, lane.oracle)
          return order.isSure ? lane.judgeSurely(schedule, foretold) : lane.judge(schedule, foretold)
        })
      case 'given':
        return spread(lanes, order.schedules, (lane, schedule) => lane.judgeSurely(schedule))
      case 'shrink': {
        const smallest = lanes[0] === undefined ? undefined : await shrink(lanes[0], order.numbers)
        return smallest === undefined ? [] : [smallest]
      }
    }
  }

  async close(): Promise<void> {
    const { lanes = [] } = this.#lanes ?? {}
    this.#lanes = undefined
    await Promise.all(lanes.map((lane) => lane.close()))
  }

  async #lanesFor(pairing: Pairing): Promise<readonly Lane[]> {
    const key = stableJson(pairing)
    if (this.#lanes?.of === key) return this.#lanes.lanes
    await this.close()
    const oracle = this.#oracleFor(pairing)
    const lanes: Lane[] = []
    this.#lanes = { of: key, lanes }
    for (let i = 0; i < lanesPerThread; i++) lanes.push(new Lane(oracle, await HarnessWorker.start(pairing.subject), this.#signal))
    return lanes
  }

  #oracleFor({ policy }: Pairing): Oracle {
    const key = stableJson(policy)
    if (this.#oracle?.of !== key) this.#oracle = { of: key, oracle: new Oracle(new Predictor(scheduleMachine(policy))) }
    return this.#oracle.oracle
  }
}

/** Each lane takes the next thing when it is done with the last; result[i] is that of things[i]. */
async function spread<Thing>(
  lanes: readonly Lane[],
  things: readonly Thing[],
  judge: (lane: Lane, thing: Thing) => Promise<Judged>,
): Promise<readonly Judged[]> {
  const results: Judged[] = new Array(things.length)
  const open = things.entries()
  await Promise.all(
    lanes.map(async (lane) => {
      for (const [position, thing] of open) results[position] = await judge(lane, thing)
    }),
  )
  return results
}
