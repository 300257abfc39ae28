import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { Property } from '../../properties/language/property.ts'
import type { Counterpart } from './counterpart.ts'
import { counterpartBetween, findCounterpart } from './counterpart.ts'
import type { Exchange } from './exchange.ts'
import { ExchangeJudge } from './exchange-judge.ts'

/** Processes any two of which can change places without anything in the system or its properties telling. At least two. */
export interface InterchangeableProcesses {
  /** In order of declaration. */
  readonly processes: readonly number[]
  /** For each process but the first, what stands in it where something else stands in the first. */
  readonly counterparts: readonly Counterpart[]
}

export interface SymmetryOfProcesses {
  readonly groups: readonly InterchangeableProcesses[]
  /** What tells two processes apart whose actions are written alike; one sentence for each such pair that was tried. */
  readonly obstacles: readonly string[]
  /** The properties in a form whose errors do not depend on which process is asked first: with the same values, and none of them hidden. */
  readonly properties: readonly Property[]
}

/**
 * Finds the processes that are interchangeable: their actions are written alike, and exchanging one with another makes the same system of the
 * system, the same property of each property, and the same state of the initial state. Nothing has to be declared for that, and nothing is taken
 * on trust. Cost: a visit of everything for each pair whose actions are written alike.
 *
 * Source: such an exchange is an automorphism of the state graph. Emerson and Sistla, "Symmetry and model checking", Formal Methods in System
 * Design 9, 1996; Ip and Dill in the same volume.
 */
export function findInterchangeable(system: TransitionSystem, properties: readonly Property[]): SymmetryOfProcesses {
  const groups: { readonly processes: number[]; readonly counterparts: Counterpart[] }[] = []
  const obstacles: string[] = []
  const exchanges: Exchange[] = []
  const judge = new ExchangeJudge(system, properties)
  for (const process of system.processes.keys()) {
    const joined = groups.some(({ processes, counterparts }) => {
      const first = processes[0] as number
      const found = findCounterpart(system, first, process)
      if (found === undefined) return false
      const counterpart = judge.withActors(first, process, found)
      const [last, before] = [processes.at(-1) as number, counterparts.at(-1)]
      // What is used later is the exchange of neighbours, so that is what is judged; one with the first shows what to say to the reader.
      const tried = [judge.exchangeOf(first, process, counterpart)]
      if (before !== undefined) tried.push(judge.exchangeOf(last, process, counterpartBetween(before, counterpart)))
      const obstacle = tried.map((exchange) => judge.obstacle(exchange)).find((each) => each !== undefined)
      if (obstacle !== undefined) {
        obstacles.push(`"${system.processes[first]}" and "${system.processes[process]}" do the same, but ${obstacle}`)
        return false
      }
      processes.push(process)
      counterparts.push(counterpart)
      exchanges.push(...tried)
      return true
    })
    if (!joined) groups.push({ processes: [process], counterparts: [] })
  }
  return { groups: groups.filter(({ processes }) => processes.length > 1), obstacles, properties: judge.insensitiveProperties(exchanges) }
}
