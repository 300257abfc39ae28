import type { Action } from '../../model/language/action.ts'
import type { Domain } from '../../model/language/domain.ts'
import { sortOfDomain } from '../../model/language/domain.ts'
import type { Expression } from '../../model/language/expression.ts'
import { operandsOf } from '../../model/language/expression.ts'
import { elementAt, indicesOf } from '../../model/language/state.ts'
import type { Variable } from '../../model/language/variable.ts'
import type { Counterpart } from './counterpart.ts'
import { isFaultless } from './faultless.ts'

/** Two processes change places: with their variables, and with the values that stand for them. It is its own inverse. */
export class Exchange {
  readonly processes: readonly [number, number]
  readonly #variables: Map<string, string>
  readonly #counterpart: Counterpart
  readonly #domains: ReadonlyMap<string, Variable>
  /** Formulas of a system have parts in common, and are asked for again and again. */
  readonly #known = new WeakMap<Expression, string>()

  constructor(processes: readonly [number, number], counterpart: Counterpart, variables: ReadonlyMap<string, Variable>) {
    this.processes = processes
    this.#counterpart = counterpart
    this.#variables = new Map([...counterpart.variables].flatMap(([one, other]) => [[one, other] as const, [other, one] as const]))
    this.#domains = variables
  }

  process(process: number): number {
    const [one, other] = this.processes
    return process === one ? other : process === other ? one : process
  }

  variable(name: string): string {
    return this.#variables.get(name) ?? name
  }

  /** Whether some value of the domain becomes another. */
  moves(domain: Domain): boolean {
    return this.#counterpart.values.has(sortOfDomain(domain))
  }

  value(domain: Domain, value: number): number {
    const [one, other] = this.#counterpart.values.get(sortOfDomain(domain)) ?? []
    return value === one && other !== undefined ? other : value === other && one !== undefined ? one : value
  }

  /** The element of a variable that another element, of this or another variable, comes to be. */
  element(variable: Variable, element: number): number {
    const indices = indicesOf(variable.indexedBy, element).map((index, i) => this.value(variable.indexedBy[i] as Domain, index))
    return elementAt(variable.indexedBy, indices) ?? element
  }

  /**
   * An action after the exchange, as text that is the same for two actions if they mean the same but for their names. Texts of different
   * meaning differ.
   */
  textOfAction({ process, guard, assignments, events }: Action): string {
    const effects = assignments.map(({ target, value }) => `${this.text(target)} := ${this.text(value)}`)
    const happenings = events.map(({ name, when }) => `${JSON.stringify(name)} if ${this.text(when)}`)
    return [this.process(process), this.text(guard), ...effects.sort(), ...happenings.sort()].join('\n')
  }

  /**
   * The same of an expression; names stand in quotation marks, so nothing in them is taken for anything else. The operands of "and" and "or" are put into an order only where no operand can fail, since otherwise it
   * matters which comes first.
   */
  text(expression: Expression): string {
    const known = this.#known.get(expression)
    if (known !== undefined) return known
    const text = this.#textOf(expression)
    this.#known.set(expression, text)
    return text
  }

  #textOf(expression: Expression): string {
    switch (expression.kind) {
      case 'literal':
        return `${this.value(expression.domain, expression.value)} of ${JSON.stringify(sortOfDomain(expression.domain))}`
      case 'read':
        return `${JSON.stringify(this.variable(expression.variable))}[${this.#texts(expression.indices)}]`
      case 'bound':
      case 'event':
        return `${expression.kind} ${JSON.stringify(expression.name)}`
      case 'and':
      case 'or':
        return `${expression.kind}(${this.#inOrder(expression.operands)})`
      case 'equal':
      case 'add':
        return `${expression.kind}(${[...this.#texts([expression.left, expression.right])].sort()})`
      case 'exists':
      case 'forAll':
      case 'count':
        return `${expression.kind}(${JSON.stringify([expression.name, expression.domain])}: ${this.text(expression.body)})`
      case 'fresh':
      case 'actor':
        return `${expression.kind} ${JSON.stringify(sortOfDomain(expression.domain))}`
      case 'not':
      case 'less':
      case 'subtract':
      case 'conditional':
      case 'after':
        return `${expression.kind}(${this.#texts(operandsOf(expression))})`
    }
  }

  #texts(expressions: readonly Expression[]): readonly string[] {
    return expressions.map((each) => this.text(each))
  }

  #inOrder(operands: readonly Expression[]): readonly string[] {
    const texts = this.#texts(operands)
    return operands.every((operand) => isFaultless(operand, this.#domains)) ? [...texts].sort() : texts
  }
}
