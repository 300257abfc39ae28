import { isSameScalarset } from '../../../model/language/allocate.ts'
import type { Domain, ScalarsetDomain } from '../../../model/language/domain.ts'
import { highestValue } from '../../../model/language/domain.ts'
import type { TransitionSystem } from '../../../model/language/transition-system.ts'
import type { Form } from '../translate/form.ts'
import type { PlacedVariable, SlotTable } from '../translate/slots.ts'
import type { ProcessRecord } from './process-record.ts'

/** Beyond all members of domains: what stands for the process itself, and for another of its group. */
const [itself, another] = [-(2 ** 30), 1 - 2 ** 30]

export interface ComparisonContext {
  readonly system: TransitionSystem
  readonly slots: SlotTable
  readonly renaming: boolean
}

/**
 * What is compared of a process, in order: its own slots; what refers to it from outside; what is said of the identities that it refers to; and
 * how many identities refer to it. Of identities that may be renamed it only matters whether there is one, of processes of the group only whether it
 * is this one: so an exchange of two processes exchanges what is compared of them.
 */
export function compareProcesses(record: ProcessRecord, group: readonly ProcessRecord[], context: ComparisonContext): readonly Form[] {
  return new ProcessComparison(record, group, context).forms()
}

class ProcessComparison {
  readonly #record: ProcessRecord
  readonly #group: readonly ProcessRecord[]
  readonly #slots: SlotTable
  readonly #allocated: readonly ScalarsetDomain[]
  readonly #renaming: boolean

  constructor(record: ProcessRecord, group: readonly ProcessRecord[], { system, slots, renaming }: ComparisonContext) {
    this.#record = record
    this.#group = group
    this.#slots = slots
    this.#renaming = renaming
    this.#allocated = system.allocations.flatMap(({ domain }) => (domain.kind === 'scalarset' ? [domain] : []))
  }

  forms(): readonly Form[] {
    const { isConstant } = this.#slots
    const own = this.#record.slots.filter((slot) => !isConstant[slot])
    return [
      ...own.map((slot) => this.#told(this.#value(slot), this.#domainOf(slot))),
      ...this.#references().map((slot) => this.#isItself(this.#value(slot), this.#domainOf(slot))),
      ...own.flatMap((slot) => this.#contents(slot)),
      ...this.#arraysOfIdentities(({ domain }) => this.#record.valueIn(domain) !== undefined).map((placed) => this.#countOf(placed)),
    ]
  }

  /** Slots outside all processes of the group, and outside identities, that may refer to one of the group. */
  #references(): readonly number[] {
    const { shape, isConstant, variables } = this.#slots
    const inside = new Set(this.#group.flatMap(({ slots }) => slots))
    for (const { variable, firstSlot } of variables.values()) {
      if (variable.indexedBy.some((index) => this.#scalarsetOf(index) !== undefined)) {
        for (let element = 0; element < variable.initial.length; element++) inside.add(firstSlot + element)
      }
    }
    return [...shape.domains.keys()].filter((slot) => {
      return !inside.has(slot) && !isConstant[slot] && this.#record.valueIn(this.#domainOf(slot)) !== undefined
    })
  }

  /** What is said of the identity that a slot refers to. */
  #contents(slot: number): readonly Form[] {
    const scalarset = this.#scalarsetOf(this.#domainOf(slot))
    if (scalarset === undefined) return []
    return this.#arraysOfIdentities((variable) => isSameScalarset(variable.indexedBy[0], scalarset)).map((placed) => {
      const [value, stride] = [this.#value(slot), placed.dimensions[0]?.stride ?? 1]
      const place: Form = {
        kind: 'add',
        left: { kind: 'multiply', left: value, factor: stride },
        right: constant(placed.firstSlot),
        isWide: false,
      }
      const content = this.#told({ kind: 'element', state: 'before', slot: place, of: placed }, placed.variable.domain)
      return choice({ kind: 'less', left: value, right: constant(0) }, constant(itself), content)
    })
  }

  /** How many elements refer to the process. */
  #countOf({ variable, firstSlot }: PlacedVariable): Form {
    return variable.initial
      .map((_, element): Form => this.#isItself(this.#value(firstSlot + element), variable.domain))
      .reduce((left, right): Form => ({ kind: 'add', left, right, isWide: false }))
  }

  /** Arrays that have one index, an identity. */
  #arraysOfIdentities(isWanted: (variable: PlacedVariable['variable']) => boolean): readonly PlacedVariable[] {
    return [...this.#slots.variables.values()].filter(({ variable }) => {
      const [index, ...more] = variable.indexedBy
      return index !== undefined && more.length === 0 && this.#scalarsetOf(index) !== undefined && isWanted(variable)
    })
  }

  /** A value without what may be renamed or exchanged. */
  #told(value: Form, domain: Domain): Form {
    const own = this.#record.valueIn(domain)
    if (own !== undefined) {
      const others = this.#group.flatMap((record) => record.valueIn(domain) ?? [])
      const isOfGroup: Form = {
        kind: 'or',
        operands: others.map((other): Form => ({ kind: 'equal', left: value, right: constant(other) })),
      }
      const isOwn: Form = { kind: 'equal', left: value, right: constant(own) }
      return choice(isOfGroup, choice(isOwn, constant(itself), constant(another)), value)
    }
    const scalarset = this.#scalarsetOf(domain)
    if (scalarset === undefined || !this.#renaming) return value
    const first = scalarset.distinguished.length
    return first > highestValue(scalarset) ? value : choice({ kind: 'less', left: value, right: constant(first) }, value, constant(first))
  }

  #isItself(value: Form, domain: Domain): Form {
    const own = this.#record.valueIn(domain) ?? itself
    return { kind: 'number', operand: { kind: 'equal', left: value, right: constant(own) } }
  }

  #value(slot: number): Form {
    const of = [...this.#slots.variables.values()].findLast(({ firstSlot }) => firstSlot <= slot) as PlacedVariable
    return { kind: 'element', state: 'before', slot: constant(slot), of }
  }

  #domainOf(slot: number): Domain {
    return this.#slots.shape.domains[slot] as Domain
  }

  /** The allocated scalarset that the domain is, if it is one. */
  #scalarsetOf(domain: Domain): ScalarsetDomain | undefined {
    return this.#allocated.find((scalarset) => isSameScalarset(scalarset, domain))
  }
}

function constant(value: number): Form {
  return { kind: 'constant', value }
}

function choice(condition: Form, then: Form, otherwise: Form): Form {
  return { kind: 'choice', condition, then, otherwise }
}
