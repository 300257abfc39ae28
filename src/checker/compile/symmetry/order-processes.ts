import { InternalError } from '../../../foundation/diagnostic.ts'
import { sortOfDomain } from '../../../model/language/domain.ts'
import type { TransitionSystem } from '../../../model/language/transition-system.ts'
import type { Counterpart } from '../../symmetry/counterpart.ts'
import { counterpartBetween } from '../../symmetry/counterpart.ts'
import { Exchange } from '../../symmetry/exchange.ts'
import type { InterchangeableProcesses } from '../../symmetry/interchangeable.ts'
import type { SlotTable } from '../translate/slots.ts'
import { compareProcesses } from './compare-processes.ts'
import type { Neighbours, OrderedGroup, ProcessOrder, SlotExchange } from './process-order.ts'
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
      const neighbours = records.slice(1).map((_, i): Neighbours => {
        const [ofEarlier, ofLater] = [compared[i] ?? [], compared[i + 1] ?? []]
        const processes = [group.processes[i] as number, group.processes[i + 1] as number] as const
        const counterpart = counterpartOfNeighbours(group, i)
        return {
          processes,
          counterpart,
          comparisons: ofEarlier.flatMap((form, key) => {
            const other = ofLater[key]
            return other === undefined ? [] : [{ earlier: form, later: other }]
          }),
          exchange: slotsExchanged(processes, counterpart, slots),
        }
      })
      return { neighbours }
    }),
  }
}

/** The exchange of the two in the slots of a state. It is made from what was proven, not from the records that are compared. */
function slotsExchanged(
  pair: readonly [number, number],
  counterpart: Counterpart,
  { shape, variables, isConstant }: SlotTable,
): SlotExchange {
  const exchange = new Exchange(pair, counterpart, shape.byName)
  const swapped: (readonly [number, number])[] = []
  for (const { variable, firstSlot } of variables.values()) {
    const target = variables.get(exchange.variable(variable.name))?.firstSlot ?? firstSlot
    for (let element = 0; element < variable.initial.length; element++) {
      const [slot, other] = [firstSlot + element, target + exchange.element(variable, element)]
      if (slot < other && !(isConstant[slot] && isConstant[other])) swapped.push([slot, other])
    }
  }
  const references = shape.domains.flatMap((domain, slot) => {
    const values = counterpart.values.get(sortOfDomain(domain))
    return values === undefined || isConstant[slot] ? [] : [{ slot, values }]
  })
  return { swapped, references }
}

function counterpartOfNeighbours({ counterparts }: InterchangeableProcesses, i: number): Counterpart {
  const [earlier, later] = [counterparts[i - 1], counterparts[i]]
  if (later === undefined) throw new InternalError('MC901', 'an interchangeable process has no counterpart')
  return earlier === undefined ? later : counterpartBetween(earlier, later)
}
