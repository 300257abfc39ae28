import type { Expression } from '../../model/language/expression.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { Property } from '../../properties/language/property.ts'
import { bitSet, Code, code } from './code.ts'
import { generateCondition } from './generate-expression.ts'
import type { SlotTable } from './slots.ts'
import type { Term } from './term.ts'
import { constantCondition, isConstant, negation } from './term.ts'
import { speaksOfTransition } from './transition-formulas.ts'

/** The function `observe(s, into)` with those it calls: one for each formula, so that none gets too long to be optimised. */
export function generateObservation(system: TransitionSystem, properties: readonly Property[], slots: SlotTable): Code {
  const functions: Code[] = []
  const testOf = (condition: Term): Code => {
    if (isConstant(condition)) return condition.code
    const name = Code.name(`observe${functions.length}`)
    functions.push(code`function ${name}(s) {\n  return ${condition.code}\n}`)
    return code`${name}(s)`
  }
  const generate = (expression: Expression): Term =>
    generateCondition(expression, { slots, state: { array: code`s` }, bound: new Map(), copies: 1, loops: 0 })

  const found = properties.map((property) => {
    if (property.kind === 'invariant') return negation(generate(property.holds))
    return property.kind === 'reachable' || property.kind === 'can-always-reach' ? generate(property.goal) : constantCondition(false)
  })
  const premises = properties.map(({ premise }) =>
    premise === undefined || speaksOfTransition(premise) ? constantCondition(false) : generate(premise),
  )
  const isFinal = generate(system.final)
  const body = code`function observe(s, into) {
  into.found = ${bits(found, testOf)}
  into.premises = ${bits(premises, testOf)}
  into.isFinal = ${isConstant(isFinal) ? isFinal.code : code`Boolean(${testOf(isFinal)})`}
}`
  return Code.join([...functions, body], code`\n`)
}

function bits(conditions: readonly Term[], testOf: (condition: Term) => Code): Code {
  const parts = conditions.flatMap((condition, position) => {
    if (isConstant(condition) && condition.lowest === 0) return []
    return [{ condition: testOf(condition), bit: 1 << position }]
  })
  return bitSet(parts)
}
