import type { Diagnostic } from '../foundation/diagnostic.ts'
import { accessesOf, variablesRead } from '../model/language/accesses.ts'
import type { Action } from '../model/language/action.ts'
import { and, equal } from '../model/language/builder.ts'
import type { Expression, Read } from '../model/language/expression.ts'
import { operandsOf } from '../model/language/expression.ts'
import type { TransitionSystem } from '../model/language/transition-system.ts'
import type { Variable } from '../model/language/variable.ts'
import type { ForbiddenTransition, Property } from '../properties/language/property.ts'
import { asksForFresh, freshDemand } from './fresh-demand.ts'
import type { OrderedAssignment } from './order-assignments.ts'
import { orderAssignments } from './order-assignments.ts'
import type { References } from './references.ts'
import { referencesOf } from './references.ts'
import { isFalse, simplify } from './simplify.ts'
import { speakOf } from './speak-of.ts'

/** A transition system worked out as far as it is the same for every target. */
export interface PreparedModel {
  readonly system: TransitionSystem
  readonly variables: ReadonlyMap<string, Variable>
  readonly final: Expression
  readonly references: readonly References[]
  readonly actions: readonly PreparedAction[]
  readonly invariants: readonly { readonly property: Property; readonly holds: Expression }[]
  /** Forbidden transitions, in order. */
  readonly forbidden: readonly ForbiddenTransition[]
  readonly isDeadlockJudged: boolean
  /** Properties that no target says. */
  readonly unsaid: readonly Property[]
}

export interface PreparedAction {
  readonly action: Action
  readonly guard: Expression
  /** Allocations it takes a fresh member of, and when it does. */
  readonly fresh: readonly { readonly references: References; readonly demand: Expression }[]
  /** Conditions under which two assignments meet in one element, which is an error of the model. */
  readonly clashes: readonly Expression[]
  readonly assignments: readonly OrderedAssignment[]
  readonly forbidden: readonly ForbiddenHere[]
}

/** What a forbidden transition says of one action. */
export interface ForbiddenHere {
  readonly property: ForbiddenTransition
  readonly condition: Expression
  /** Whether it speaks of the state after the transition. */
  readonly speaksOfAfter: boolean
  /** Variables whose value before the transition it needs, and which the transition may change: to be copied. */
  readonly copied: readonly string[]
}

/** Expects a valid system and properties. Reports a fresh identity that a quantifier asks for (MC801), which only `etf` can say. Cost: linear, but for clashes. */
export function prepareModel(
  system: TransitionSystem,
  properties: readonly Property[],
): { readonly model: PreparedModel; readonly diagnostics: readonly Diagnostic[] } {
  const references = system.allocations.map((allocation) => referencesOf(system, allocation))
  const forbidden = properties.filter((property) => property.kind === 'forbidden-transition')
  const diagnostics: Diagnostic[] = []
  const resettable = new Set(references.flatMap(({ resets }) => resets.map(({ target }) => target.variable)))
  const model: PreparedModel = {
    system,
    variables: new Map(system.variables.map((variable) => [variable.name, variable])),
    final: simplify(system.final),
    references,
    actions: system.actions.map((action) => ({
      action,
      guard: simplify(action.guard),
      fresh: freshOf(action, references, diagnostics),
      clashes: clashesOf(action),
      assignments: orderAssignments(
        action.assignments.map(({ target, value }) => ({ target: simplifyPlace(target), value: simplify(value) })),
      ),
      forbidden: forbidden.flatMap((property) => forbiddenHere(property, action, resettable)),
    })),
    invariants: properties.flatMap((property) => (property.kind === 'invariant' ? [{ property, holds: simplify(property.holds) }] : [])),
    forbidden,
    isDeadlockJudged: properties.some(({ kind }) => kind === 'no-deadlock'),
    unsaid: properties.filter(({ kind }) => kind === 'reachable' || kind === 'can-always-reach'),
  }
  return { model, diagnostics }
}

function freshOf(action: Action, references: readonly References[], diagnostics: Diagnostic[]): PreparedAction['fresh'] {
  const expressions = action.assignments.flatMap(({ target, value }) => [...target.indices, value])
  return references.flatMap((each) => {
    const { domain } = each.allocation
    const asking = expressions.filter((expression) => asksForFresh(expression, domain))
    if (asking.length === 0) return []
    const demand = freshDemand({ kind: 'or', operands: asking.map((one) => ({ kind: 'equal', left: one, right: one })) }, domain)
    if (demand === undefined) {
      diagnostics.push({
        code: 'MC801',
        message: 'a quantifier asks for a fresh identity, which only etf can say',
        hint: 'Ask for it outside of the quantifier: the meaning is the same, as it is one identity throughout the action. Or choose etf.',
        place: [`action ${action.name}`],
      })
    }
    return demand === undefined ? [] : [{ references: each, demand }]
  })
}

/** Pairs of assignments to elements of one variable, unless literals tell them apart. */
function clashesOf({ assignments }: Action): readonly Expression[] {
  return assignments.flatMap(({ target: one }, i) =>
    assignments.slice(i + 1).flatMap(({ target: other }) => {
      if (one.variable !== other.variable || one.indices.length === 0) return []
      const same = one.indices.map((index, position) => equal(index, other.indices[position] ?? index))
      const clash = simplify(and(...same))
      return isFalse(clash) ? [] : [clash]
    }),
  )
}

function forbiddenHere(property: ForbiddenTransition, action: Action, resettable: ReadonlySet<string>): readonly ForbiddenHere[] {
  const condition = speakOf(action, property.forbids)
  if (isFalse(condition)) return []
  const written = accessesOf(action).writes
  const copied = [...readNow(condition)].filter((name) => written.has(name) || resettable.has(name))
  return [{ property, condition, speaksOfAfter: hasAfter(condition), copied }]
}

function hasAfter(expression: Expression): boolean {
  return expression.kind === 'after' || operandsOf(expression).some(hasAfter)
}

/** Names of the variables that are read before the transition. */
function readNow(expression: Expression): ReadonlySet<string> {
  if (expression.kind === 'after') return new Set(expression.read.indices.flatMap((index) => [...readNow(index)]))
  if (expression.kind === 'read') return variablesRead(expression)
  return new Set(operandsOf(expression).flatMap((operand) => [...readNow(operand)]))
}

function simplifyPlace(place: Read): Read {
  return { ...place, indices: place.indices.map(simplify) }
}
