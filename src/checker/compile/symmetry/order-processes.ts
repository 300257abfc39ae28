import type { TransitionSystem } from '../../../model/language/transition-system.ts'
import type { Counterpart } from '../../symmetry/counterpart.ts'
import type { InterchangeableProcesses } from '../../symmetry/interchangeable.ts'
import type { SlotTable } from '../translate/slots.ts'
import { compareProcesses } from './compare-processes.ts'
import type { Neighbours, OrderedGroup, ProcessOrder, SlotExchange } from './process-order.ts'
import type { ProcessRecord } from './process-record.ts'
import { recordsOf } from './process-record.ts'

/** Works out by what processes are put into order, and what an exchange of two of them does to the slots of a state. */
export function orderProcesses(
  system: TransitionSystem,
  groups: readonly InterchangeableProcesses[],
  slots: SlotTable,
  { renaming }: { readonly renaming: boolean },
): ProcessOrder {
  return {
    groups: groups.map((group): OrderedGroup => {
      const records = recordsOf(group, slots)
      const compared = records.map((record) => compareProcesses(record, records, { system, slots, renaming }))
      const neighbours = records.slice(1).map((later, i): Neighbours => {
        const earlier = records[i] as ProcessRecord
        const [ofEarlier, ofLater] = [compared[i] ?? [], compared[i + 1] ?? []]
        return {
          processes: [group.processes[i] as number, group.processes[i + 1] as number],
          counterpart: counterpartOfNeighbours(group, i),
          comparisons: ofEarlier.flatMap((form, key) => {
            const other = ofLater[key]
            return other === undefined ? [] : [{ earlier: form, later: other }]
          }),
          exchange: exchangeOf(earlier, later, slots),
        }
      })
      return { neighbours }
    }),
  }
}

function exchangeOf(earlier: ProcessRecord, later: ProcessRecord, { shape, isConstant }: SlotTable): SlotExchange {
  const swapped = earlier.slots.flatMap((slot, i): (readonly [number, number])[] => {
    const other = later.slots[i] as number
    return isConstant[slot] && isConstant[other] ? [] : [[slot, other]]
  })
  const references = shape.domains.flatMap((domain, slot) => {
    const [one, other] = [earlier.valueIn(domain), later.valueIn(domain)]
    return one === undefined || other === undefined || isConstant[slot] ? [] : [{ slot, values: [one, other] as const }]
  })
  return { swapped, references }
}

function counterpartOfNeighbours({ counterparts }: InterchangeableProcesses, i: number): Counterpart {
  const [earlier, later] = [counterparts[i - 1], counterparts[i]]
  if (later === undefined || earlier === undefined) return later ?? { variables: new Map(), values: new Map() }
  const variables = [...later.variables].map(([first, name]) => [earlier.variables.get(first) ?? first, name] as const)
  const values = [...later.values].map(([sort, [first, value]]) => [sort, [earlier.values.get(sort)?.[1] ?? first, value]] as const)
  return { variables: new Map(variables), values: new Map(values) }
}
