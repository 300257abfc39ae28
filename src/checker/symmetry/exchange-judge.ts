import type { Domain } from '../../model/language/domain.ts'
import { highestValue, lowestValue, sortOfDomain } from '../../model/language/domain.ts'
import type { Expression } from '../../model/language/expression.ts'
import { operandsOf } from '../../model/language/expression.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { Variable } from '../../model/language/variable.ts'
import type { Property } from '../../properties/language/property.ts'
import { formulasOf } from '../../properties/language/variables-read.ts'
import type { Counterpart } from './counterpart.ts'
import { Exchange } from './exchange.ts'
import { OrderInsensitive } from './order-insensitive.ts'

/** A formula that no exchange may change. */
interface Concerned {
  /** As the subject of a sentence. */
  readonly of: string
  readonly formula: Expression
}

/** Looks for what an exchange of two processes changes in a system and its properties. */
export class ExchangeJudge {
  readonly #system: TransitionSystem
  readonly #variables: ReadonlyMap<string, Variable>
  readonly #properties: readonly Property[]
  /** Formulas of the system in which the order of operands is kept. */
  readonly #formulas: readonly Concerned[]
  /** Texts of the actions, with how many have each. */
  readonly #actions = new Map<string, number>()
  readonly #nobody: Exchange

  constructor(system: TransitionSystem, properties: readonly Property[]) {
    this.#system = system
    this.#variables = new Map(system.variables.map((variable) => [variable.name, variable]))
    this.#properties = properties
    this.#formulas = [
      { of: 'where stopping is intended', formula: system.final },
      ...system.allocations.map(({ reusable }) => ({ of: 'what may be allocated again', formula: reusable })),
      ...system.actions.flatMap(({ name, guard, assignments, events }): Concerned[] => {
        const formulas = [guard, ...assignments.flatMap(({ target, value }) => [target, value]), ...events.map(({ when }) => when)]
        return formulas.map((formula) => ({ of: `action "${name}"`, formula }))
      }),
    ]
    this.#nobody = new Exchange([0, 0], { variables: new Map(), values: new Map() }, this.#variables)
    for (const action of system.actions) {
      const text = this.#nobody.textOfAction(action)
      this.#actions.set(text, (this.#actions.get(text) ?? 0) + 1)
    }
  }

  /** The end of a sentence, or undefined if nothing tells the two apart. */
  obstacle(exchange: Exchange): string | undefined {
    return (
      this.#changedVariable(exchange) ??
      this.#changedAction(exchange) ??
      this.#changedFormula(exchange) ??
      this.#dependsOnOrder(exchange) ??
      this.#asksWhoActs(exchange)
    )
  }

  exchangeOf(one: number, other: number, counterpart: Counterpart): Exchange {
    return new Exchange([one, other], counterpart, this.#variables)
  }

  /** With the members that stand for the two where a property asks who acts: their actions need not name themselves. */
  withActors(one: number, other: number, { variables, values }: Counterpart): Counterpart {
    const asked = this.#properties.flatMap((property) => formulasOf(property).flatMap(actorsIn))
    const actors = asked.map((domain) => [sortOfDomain(domain), [one, other] as const] as const)
    return { variables, values: new Map([...actors, ...values]) }
  }

  /** The properties, so that they ask of all processes that are exchanged. */
  insensitiveProperties(exchanges: readonly Exchange[]): readonly Property[] {
    const insensitive = new OrderInsensitive(exchanges, this.#nobody, this.#variables)
    return this.#properties.map((property) => withFormulas(property, (formula) => insensitive.of(formula) ?? formula))
  }

  #changedVariable(exchange: Exchange): string | undefined {
    const allocated = this.#system.allocations.find(({ domain }) => exchange.moves(domain))
    if (allocated !== undefined) return `each has a ${sortOfDomain(allocated.domain)} of its own from the beginning`
    const ambiguous = this.#system.variables.find(({ name, indexedBy }) => {
      const isMoved = exchange.variable(name) !== name
      return indexedBy.filter((index) => exchange.moves(index)).length + (isMoved ? 1 : 0) > 1
    })
    if (ambiguous !== undefined) return `"${ambiguous.name}" has elements that belong to both`
    const changed = this.#system.variables.find((variable) => {
      const other = this.#variables.get(exchange.variable(variable.name))
      return other === undefined || !isAlike(variable, other, exchange)
    })
    return changed === undefined ? undefined : `"${changed.name}" does not begin alike for both`
  }

  #changedAction(exchange: Exchange): string | undefined {
    const left = new Map(this.#actions)
    const changed = this.#system.actions.find((action) => {
      const text = exchange.textOfAction(action)
      const count = left.get(text) ?? 0
      left.set(text, count - 1)
      return count === 0
    })
    return changed === undefined ? undefined : `action "${changed.name}" tells them apart`
  }

  #changedFormula(exchange: Exchange): string | undefined {
    const changed = this.#formulas.find(
      ({ of, formula }) => !of.startsWith('action') && this.#nobody.text(formula) !== exchange.text(formula),
    )
    if (changed !== undefined) return `${changed.of} tells them apart`
    const insensitive = new OrderInsensitive([exchange], this.#nobody, this.#variables)
    const property = this.#properties.find((each) => formulasOf(each).some((formula) => insensitive.of(formula) === undefined))
    return property === undefined ? undefined : `property "${property.name}" tells them apart`
  }

  /** A quantifier stops at the first member that decides it, so which comes first matters where another could fail. */
  #dependsOnOrder(exchange: Exchange): string | undefined {
    const insensitive = new OrderInsensitive([exchange], this.#nobody, this.#variables)
    const found = this.#formulas.find(({ formula }) => insensitive.isOrdered(formula))
    return found === undefined ? undefined : `${found.of} asks about one after the other, and the answer may be an error`
  }

  #asksWhoActs(exchange: Exchange): string | undefined {
    const property = this.#properties.find((each) =>
      formulasOf(each).some((formula) => actorsIn(formula).some((domain) => !isActorExchanged(domain, exchange))),
    )
    return property === undefined ? undefined : `property "${property.name}" asks who acts`
  }
}

/** Whether the exchange makes one variable of the other, its initial values included. */
function isAlike(variable: Variable, other: Variable, exchange: Exchange): boolean {
  return (
    isSameDomain(variable.domain, other.domain) &&
    variable.indexedBy.length === other.indexedBy.length &&
    variable.indexedBy.every((index, i) => isSameDomain(index, other.indexedBy[i])) &&
    variable.initial.every(
      (value, element) => exchange.value(variable.domain, value) === other.initial[exchange.element(variable, element)],
    )
  )
}

function isSameDomain(one: Domain, other: Domain | undefined): boolean {
  if (other === undefined || sortOfDomain(one) !== sortOfDomain(other)) return false
  return lowestValue(one) === lowestValue(other) && highestValue(one) === highestValue(other)
}

function actorsIn(expression: Expression): readonly Domain[] {
  return expression.kind === 'actor' ? [expression.domain] : operandsOf(expression).flatMap(actorsIn)
}

/** The domain of an actor lists the processes in order, so its values must be exchanged as the processes are. */
function isActorExchanged(domain: Domain, exchange: Exchange): boolean {
  return exchange.processes.every((process) => exchange.value(domain, process) === exchange.process(process))
}

/** The property over other formulas. */
function withFormulas(property: Property, change: (formula: Expression) => Expression): Property {
  const premise = property.premise === undefined ? {} : { premise: change(property.premise) }
  switch (property.kind) {
    case 'invariant':
      return { ...property, ...premise, holds: change(property.holds) }
    case 'forbidden-transition':
      return { ...property, ...premise, forbids: change(property.forbids) }
    case 'reachable':
    case 'can-always-reach':
      return { ...property, ...premise, goal: change(property.goal) }
    case 'no-deadlock':
      return { ...property, ...premise }
  }
}
