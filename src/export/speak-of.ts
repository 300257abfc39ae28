import type { Action } from '../model/language/action.ts'
import { or } from '../model/language/builder.ts'
import type { Expression } from '../model/language/expression.ts'
import { transformExpression } from '../model/language/transform.ts'
import { simplify } from './simplify.ts'

/** A transition formula as it stands for one action: the actor is a constant, an event is the condition under which the action declares it. */
export function speakOf(action: Action, formula: Expression): Expression {
  return simplify(
    transformExpression(formula, (node) => {
      if (node.kind === 'actor') return { kind: 'literal', domain: node.domain, value: action.process }
      if (node.kind === 'event') return or(...action.events.filter(({ name }) => name === node.name).map(({ when }) => when))
      return undefined
    }),
  )
}
