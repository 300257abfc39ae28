import type { Action, ActionEvent } from '../../model/language/action.ts'
import type { Expression } from '../../model/language/expression.ts'
import { operandsOf } from '../../model/language/expression.ts'
import type { Property } from '../../properties/language/property.ts'
import { bitSet, Code, code } from './code.ts'
import type { Scope } from './generate-expression.ts'
import { generateCondition } from './generate-expression.ts'
import type { Term } from './term.ts'
import { isConstant } from './term.ts'

/** Whether an expression speaks of a transition: of its event, of who acts, or of the values after it. */
export function speaksOfTransition(expression: Expression): boolean {
  if (expression.kind === 'after' || expression.kind === 'actor' || expression.kind === 'event') return true
  return operandsOf(expression).some(speaksOfTransition)
}

interface Formula {
  readonly goesTo: 'found' | 'premises'
  readonly bit: number
  readonly expression: Expression
  readonly events: ReadonlySet<string>
  readonly afterVariables: readonly string[]
  readonly hasActor: boolean
  /** False for every action that has none of the events. */
  readonly needsEvent: boolean
  /** Name of the function that evaluates it, by what it depends on; undefined if it is always false. */
  readonly variants: Map<string, Code | undefined>
}

/**
 * The formulas that are evaluated on transitions. Each becomes one generated function per *variant*: per actor, per set of events with their
 * conditions and per set of variables that change, as far as the formula mentions them. Actions share variants, and a variant that is always
 * false costs nothing.
 */
export class TransitionFormulas {
  readonly #formulas: readonly Formula[]
  readonly #scope: Scope
  readonly #functions: Code[] = []
  readonly #conditionNumbers = new Map<Expression, number>()

  /** `scope.state` and `scope.after` are the parameters of the generated functions. */
  constructor(properties: readonly Property[], scope: Scope) {
    this.#scope = scope
    this.#formulas = properties.flatMap((property, position) => {
      const bit = 1 << position
      const forbids = property.kind === 'forbidden-transition' ? [describe(property.forbids, bit, 'found', scope)] : []
      const { premise } = property
      const isPremise = premise !== undefined && speaksOfTransition(premise)
      return isPremise ? [...forbids, describe(premise, bit, 'premises', scope)] : forbids
    })
  }

  /** The functions of all variants asked for so far. */
  get functions(): readonly Code[] {
    return this.#functions
  }

  /** Code of the bits that a transition by the action sets, given what may change in it; undefined for none. */
  bitsOf(action: Action, changing: ReadonlySet<string>, goesTo: Formula['goesTo']): Code | undefined {
    const parts: { readonly condition: Code; readonly bit: number }[] = []
    for (const formula of this.#formulas) {
      if (formula.goesTo !== goesTo) continue
      if (formula.needsEvent && !action.events.some(({ name }) => formula.events.has(name))) continue
      const name = this.#variant(formula, action, changing)
      if (name !== undefined) parts.push({ condition: code`${name}(s, n, at)`, bit: formula.bit })
    }
    return parts.length === 0 ? undefined : bitSet(parts)
  }

  #variant(formula: Formula, action: Action, changing: ReadonlySet<string>): Code | undefined {
    const key = this.#keyOf(formula, action, changing)
    if (formula.variants.has(key)) return formula.variants.get(key)
    const condition = generateCondition(formula.expression, { ...this.#scope, action, changing })
    const name = isNever(condition) ? undefined : Code.name(`formula${this.#functions.length}`)
    if (name !== undefined) this.#functions.push(code`function ${name}(s, n, at) {\n  return ${condition.code}\n}`)
    formula.variants.set(key, name)
    return name
  }

  #keyOf(formula: Formula, action: Action, changing: ReadonlySet<string>): string {
    let key = formula.hasActor ? `${action.process} ` : ''
    for (const variable of formula.afterVariables) key += changing.has(variable) ? '+' : '-'
    for (const event of action.events) if (formula.events.has(event.name)) key += ` ${this.#eventKey(event)}`
    return key
  }

  #eventKey({ name, when }: ActionEvent): string {
    if (when.kind === 'literal') return `${JSON.stringify(name)} ${when.value}`
    const number = this.#conditionNumbers.get(when) ?? this.#conditionNumbers.size
    this.#conditionNumbers.set(when, number)
    return `${JSON.stringify(name)} if ${number}`
  }
}

function describe(expression: Expression, bit: number, goesTo: Formula['goesTo'], scope: Scope): Formula {
  const events = new Set<string>()
  const afterVariables = new Set<string>()
  let hasActor = false
  const visit = (node: Expression): void => {
    if (node.kind === 'event') events.add(node.name)
    if (node.kind === 'after') afterVariables.add(node.read.variable)
    if (node.kind === 'actor') hasActor = true
    operandsOf(node).forEach(visit)
  }
  visit(expression)
  // Whether it folds to false without events must not depend on the actor, so this is asked of formulas without one only.
  const needsEvent =
    events.size > 0 && !hasActor && isNever(generateCondition(expression, { ...scope, action: { process: 0, events: [] } }))
  const variants = new Map<string, Code | undefined>()
  return { goesTo, bit, expression, events, afterVariables: [...afterVariables], hasActor, needsEvent, variants }
}

function isNever(condition: Term): boolean {
  return isConstant(condition) && condition.lowest === 0
}
