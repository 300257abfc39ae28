import type { Action } from '../../../model/language/action.ts'
import type { PreparedSystem } from '../prepare-system.ts'
import type { ActionGroup, DispatchedAction } from './action-dispatch.ts'
import { groupActions } from './action-dispatch.ts'
import type { Form } from './form.ts'
import { translateReusable } from './identity-effects.ts'
import type { Term } from './term.ts'
import { isConstant, junction } from './term.ts'
import type { FormulaBit } from './transition-formulas.ts'
import { TransitionFormulas } from './transition-formulas.ts'
import type { Statement } from './translate-effect.ts'
import { translateEffect } from './translate-effect.ts'
import type { Scope } from './translate-expression.ts'
import { plainScope, translateCondition } from './translate-expression.ts'
import type { ObservationForms } from './translate-observation.ts'
import { translateObservation } from './translate-observation.ts'

/** A system with its properties in intermediate form: what is printed as JavaScript and as WebAssembly. */
export interface TranslatedSystem {
  /** To be tried in this order; the attempts of one case after the other. */
  readonly groups: readonly AttemptGroup[]
  /** The conditions that attempts refer to by number, over the states before and after; of the attempts that were asked for so far. */
  readonly formulas: readonly Form[]
  readonly observation: ObservationForms
  /** Per allocation, whether the member in the local `member` is reusable. */
  readonly reusable: readonly Form[]
}

export type AttemptGroup =
  | { readonly kind: 'plain'; readonly attempts: readonly Attempt[] }
  /** Only the attempts of the case that the value at the slot chooses. */
  | { readonly kind: 'switch'; readonly slot: number; readonly cases: readonly AttemptCase[] }

export interface AttemptCase {
  readonly value: number
  /** Translated when first asked for: a search reaches two cases of three. */
  readonly attempts: readonly Attempt[]
}

/** To take an action, if it is enabled. */
export interface Attempt {
  /** Of the action, in the system's list. */
  readonly position: number
  readonly name: string
  /** What is left to be tested. */
  readonly guard: Term
  readonly effect: readonly Statement[]
  /** Forgotten members have to be collected, and members renamed if renaming was asked for. */
  readonly isDisturbing: boolean
  readonly found: readonly FormulaBit[]
  readonly premises: readonly FormulaBit[]
}

export function translateSystem(prepared: PreparedSystem): TranslatedSystem {
  const { system, properties, slots } = prepared
  const translator = new AttemptTranslator(prepared)
  const groups = groupActions(system.actions, slots).map((group) => translateGroup(group, translator))
  return {
    groups,
    formulas: translator.formulas.forms,
    observation: translateObservation(system, properties, slots),
    reusable: system.allocations.map((allocation) => translateReusable(allocation, slots).form),
  }
}

function translateGroup(group: ActionGroup, translator: AttemptTranslator): AttemptGroup {
  if (group.kind === 'plain') return { kind: 'plain', attempts: translator.attempts(group.actions) }
  const cases = [...group.cases].sort(([left], [right]) => left - right)
  return {
    kind: 'switch',
    slot: group.slot,
    cases: cases.map(([value, actions]) => new LazyCase(value, () => translator.attempts(actions))),
  }
}

class LazyCase implements AttemptCase {
  readonly value: number
  readonly #translate: () => readonly Attempt[]
  #attempts: readonly Attempt[] | undefined

  constructor(value: number, translate: () => readonly Attempt[]) {
    this.value = value
    this.#translate = translate
  }

  get attempts(): readonly Attempt[] {
    this.#attempts ??= this.#translate()
    return this.#attempts
  }
}

class AttemptTranslator {
  readonly formulas: TransitionFormulas
  readonly #prepared: PreparedSystem
  readonly #scope: Scope

  constructor(prepared: PreparedSystem) {
    const { system, properties, slots } = prepared
    this.#prepared = prepared
    this.#scope = { ...plainScope(slots), allocations: system.allocations.map(({ domain }) => domain) }
    this.formulas = new TransitionFormulas(properties, plainScope(slots))
  }

  attempts(actions: readonly DispatchedAction[]): readonly Attempt[] {
    return actions.flatMap((action) => this.#attempt(action))
  }

  /** None if the action is never enabled. */
  #attempt({ position, action, conjuncts }: DispatchedAction): readonly Attempt[] {
    const scope = { ...this.#scope, action }
    const guard = junction(conditionsOf(conjuncts, scope), false)
    if (isConstant(guard) && guard.lowest === 0) return []
    const { system, effects } = this.#prepared
    const isDisturbing = system.allocations.length > 0 && effects.mayDisturb(action)
    const changing = new Set(action.assignments.map(({ target }) => target.variable))
    if (isDisturbing) for (const name of effects.collected) changing.add(name)
    return [
      {
        position,
        name: action.name,
        guard,
        effect: translateEffect(action, scope),
        isDisturbing,
        found: this.formulas.bitsOf(action, changing, 'found'),
        premises: this.formulas.bitsOf(action, changing, 'premises'),
      },
    ]
  }
}

function* conditionsOf(conjuncts: DispatchedAction['conjuncts'], scope: Scope & { readonly action: Action }): Generator<Term> {
  for (const conjunct of conjuncts) yield translateCondition(conjunct, scope)
}
