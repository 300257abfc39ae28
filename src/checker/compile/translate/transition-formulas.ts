import type { Action, ActionEvent } from '../../../model/language/action.ts'
import type { Expression } from '../../../model/language/expression.ts'
import { operandsOf } from '../../../model/language/expression.ts'
import type { Property } from '../../../properties/language/property.ts'
import type { Form } from './form.ts'
import type { Term } from './term.ts'
import { isConstant } from './term.ts'
import type { Scope } from './translate-expression.ts'
import { translateCondition } from './translate-expression.ts'

/** A property, as a bit set, and the number of the formula that has to hold for it. */
export interface FormulaBit {
  readonly formula: number
  readonly bit: number
}

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
  /** Number of the form that evaluates it, by what it depends on; undefined if it is always false. */
  readonly variants: Map<string, number | undefined>
}

/**
 * The formulas that are evaluated on transitions. Each becomes one form per *variant*: per actor, per set of events with their
 * conditions and per set of variables that change, as far as the formula mentions them. Actions share variants, and a variant that is always
 * false costs nothing.
 */
export class TransitionFormulas {
  readonly #formulas: readonly Formula[]
  readonly #scope: Scope
  readonly #forms: Form[] = []
  readonly #conditionNumbers = new Map<Expression, number>()

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

  /** All variants asked for so far, by number. */
  get forms(): readonly Form[] {
    return this.#forms
  }

  /** The bits that a transition by the action may set, given what may change in it. */
  bitsOf(action: Action, changing: ReadonlySet<string>, goesTo: Formula['goesTo']): readonly FormulaBit[] {
    const parts: FormulaBit[] = []
    for (const formula of this.#formulas) {
      if (formula.goesTo !== goesTo) continue
      if (formula.needsEvent && !action.events.some(({ name }) => formula.events.has(name))) continue
      const variant = this.#variant(formula, action, changing)
      if (variant !== undefined) parts.push({ formula: variant, bit: formula.bit })
    }
    return parts
  }

  #variant(formula: Formula, action: Action, changing: ReadonlySet<string>): number | undefined {
    const key = this.#keyOf(formula, action, changing)
    if (formula.variants.has(key)) return formula.variants.get(key)
    const condition = translateCondition(formula.expression, { ...this.#scope, action, changing })
    const variant = isNever(condition) ? undefined : this.#forms.push(condition.form) - 1
    formula.variants.set(key, variant)
    return variant
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
  const without = { ...scope, changing: afterVariables, action: { process: 0, events: [] } }
  const needsEvent = events.size > 0 && !hasActor && isNever(translateCondition(expression, without))
  const variants = new Map<string, number | undefined>()
  return { goesTo, bit, expression, events, afterVariables: [...afterVariables], hasActor, needsEvent, variants }
}

function isNever(condition: Term): boolean {
  return isConstant(condition) && condition.lowest === 0
}
