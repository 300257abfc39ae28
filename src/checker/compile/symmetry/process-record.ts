import type { Domain, Sort } from '../../../model/language/domain.ts'
import { sortOfDomain } from '../../../model/language/domain.ts'
import { indicesOf } from '../../../model/language/state.ts'
import type { InterchangeableProcesses } from '../../symmetry/interchangeable.ts'
import type { SlotTable } from '../translate/slots.ts'

/** What a state says of one process alone. */
export class ProcessRecord {
  /** Slots that are the process's own, in the same order for each process of its group: its variables, and its elements of arrays. */
  readonly slots: readonly number[]
  readonly #values: ReadonlyMap<Sort, number>

  constructor(slots: readonly number[], values: ReadonlyMap<Sort, number>) {
    this.slots = slots
    this.#values = values
  }

  /** The member of the domain that stands for the process; undefined in a domain that does not tell processes apart. */
  valueIn(domain: Domain): number | undefined {
    return this.#values.get(sortOfDomain(domain))
  }
}

/** The records of the processes of a group, in order. */
export function recordsOf({ processes, counterparts }: InterchangeableProcesses, slots: SlotTable): readonly ProcessRecord[] {
  const owned = new Set(counterparts.flatMap(({ variables }) => [...variables.keys()]))
  return processes.map((_, member) => {
    const counterpart = counterparts[Math.max(0, member - 1)]
    const values = new Map([...(counterpart?.values ?? [])].map(([sort, [first, other]]) => [sort, member === 0 ? first : other]))
    const own = [...owned].map((name) => (member === 0 ? name : (counterpart?.variables.get(name) ?? name)))
    return new ProcessRecord([...own.flatMap((name) => slotsOfVariable(name, slots)), ...elementsAt(values, slots)], values)
  })
}

function slotsOfVariable(name: string, { variables }: SlotTable): readonly number[] {
  const placed = variables.get(name)
  return placed === undefined ? [] : placed.variable.initial.map((_, element) => placed.firstSlot + element)
}

/** Slots of elements that have one of the values among their indices. */
function elementsAt(values: ReadonlyMap<Sort, number>, { variables }: SlotTable): readonly number[] {
  return [...variables.values()].flatMap(({ variable, firstSlot }) =>
    variable.initial.flatMap((_, element) => {
      const indices = indicesOf(variable.indexedBy, element)
      const isOwn = indices.some((index, i) => values.get(sortOfDomain(variable.indexedBy[i] as Domain)) === index)
      return isOwn ? [firstSlot + element] : []
    }),
  )
}
