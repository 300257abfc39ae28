import type { Domain } from '../../model/language/domain.ts'
import { highestValue, lowestValue, sortOfDomain } from '../../model/language/domain.ts'
import type { Expression } from '../../model/language/expression.ts'
import { operandsOf } from '../../model/language/expression.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { Variable } from '../../model/language/variable.ts'
import type { Property } from '../../properties/language/property.ts'
import type { Counterpart } from './counterpart.ts'
import { Exchange } from './exchange.ts'
import { isFaultless } from './faultless.ts'
import { partsOf, withoutOuterQuantifiers } from './parts.ts'

/** A formula that no exchange may change. */
interface Concerned {
  /** As the subject of a sentence. */
  readonly of: string
  readonly formula: Expression
  /** What joins its parts so that, unless a violation is found anyway, all of them are looked at. */
  readonly joined?: 'and' | 'or'
}

/** Looks for what an exchange of two processes changes in a system and its properties. */
export class ExchangeJudge {
  readonly #system: TransitionSystem
  readonly #variables: ReadonlyMap<string, Variable>
  readonly #formulas: readonly Concerned[]
  /** Texts of the actions, with how many have each. */
  readonly #actions = new Map<string, number>()
  readonly #nobody: Exchange

  constructor(system: TransitionSystem, properties: readonly Property[]) {
    this.#system = system
    this.#variables = new Map(system.variables.map((variable) => [variable.name, variable]))
    this.#formulas = formulasOf(system, properties)
    this.#nobody = new Exchange([0, 0], { variables: new Map(), values: new Map() }, this.#variables)
    for (const action of system.actions) {
      const text = this.#nobody.textOfAction(action)
      this.#actions.set(text, (this.#actions.get(text) ?? 0) + 1)
    }
  }

  /** The end of a sentence, or undefined if nothing tells the two apart. */
  obstacle(one: number, other: number, counterpart: Counterpart): string | undefined {
    const exchange = new Exchange([one, other], counterpart, this.#variables)
    return (
      this.#changedVariable(exchange) ??
      this.#changedAction(exchange) ??
      this.#changedFormula(exchange) ??
      this.#dependsOnOrder(exchange) ??
      this.#asksWhoActs(exchange)
    )
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
    const textBy = (by: Exchange, { formula, joined }: Concerned): string =>
      joined === undefined
        ? by.text(formula)
        : partsOf(formula, joined)
            .map((part) => by.text(part))
            .sort()
            .join('\n')
    const changed = this.#formulas.find((concerned) => textBy(this.#nobody, concerned) !== textBy(exchange, concerned))
    return changed === undefined ? undefined : `${changed.of} tells them apart`
  }

  /** A quantifier stops at the first member that decides it, so which comes first matters where another could fail. */
  #dependsOnOrder(exchange: Exchange): string | undefined {
    const isOrdered = (node: Expression): boolean =>
      (node.kind === 'exists' || node.kind === 'forAll') && exchange.moves(node.domain) && !isFaultless(node.body, this.#variables)
    const found = this.#find(isOrdered)
    return found === undefined ? undefined : `${found} asks about one after the other, and the answer may be an error`
  }

  #asksWhoActs(exchange: Exchange): string | undefined {
    const found = this.#find((node) => node.kind === 'actor' && !isActorExchanged(node.domain, exchange))
    return found === undefined ? undefined : `${found} asks who acts`
  }

  #find(isIt: (node: Expression) => boolean): string | undefined {
    const ofActions = this.#system.actions.flatMap(({ name, guard, assignments, events }): Concerned[] => {
      const formulas = [guard, ...assignments.flatMap(({ target, value }) => [target, value]), ...events.map(({ when }) => when)]
      return formulas.map((formula) => ({ of: `action "${name}"`, formula }))
    })
    return [...ofActions, ...this.#formulas].find(({ formula, joined }) => {
      const looked = joined === undefined ? [formula] : withoutOuterQuantifiers(formula, joined)
      return looked.some((part) => isSomewhere(part, isIt))
    })?.of
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

/** The domain of an actor lists the processes in order, so its values must be exchanged as the processes are. */
function isActorExchanged(domain: Domain, exchange: Exchange): boolean {
  return exchange.processes.every((process) => exchange.value(domain, process) === exchange.process(process))
}

function formulasOf(system: TransitionSystem, properties: readonly Property[]): readonly Concerned[] {
  return [
    { of: 'where stopping is intended', formula: system.final },
    ...system.allocations.map(({ reusable }) => ({ of: 'what may be allocated again', formula: reusable })),
    ...properties.flatMap((property): readonly Concerned[] => {
      const of = `property "${property.name}"`
      return [...claimOf(property, of), ...(property.premise === undefined ? [] : [{ of, formula: property.premise }])]
    }),
  ]
}

function claimOf(property: Property, of: string): readonly Concerned[] {
  switch (property.kind) {
    case 'invariant':
      return [{ of, formula: property.holds, joined: 'and' }]
    case 'forbidden-transition':
      return [{ of, formula: property.forbids, joined: 'or' }]
    case 'reachable':
      return [{ of, formula: property.goal, joined: 'or' }]
    case 'can-always-reach':
      return [{ of, formula: property.goal }]
    case 'no-deadlock':
      return []
  }
}

function isSomewhere(expression: Expression, isIt: (node: Expression) => boolean): boolean {
  return isIt(expression) || operandsOf(expression).some((operand) => isSomewhere(operand, isIt))
}
