import { bitSet, Code, code } from '../code.ts'
import type { Term } from '../translate/term.ts'
import { isConstant } from '../translate/term.ts'
import type { ObservationForms } from '../translate/translate-observation.ts'
import { printForm, stateAlone } from './print-form.ts'

/** The function `observe(s, into)` with those it calls: one for each formula, so that none gets too long to be optimised. */
export function generateObservation({ found, premises, isFinal }: ObservationForms): Code {
  const functions: Code[] = []
  const testOf = (condition: Term): Code => {
    const printed = printForm(condition.form, stateAlone)
    if (isConstant(condition)) return printed
    const name = Code.name(`observe${functions.length}`)
    functions.push(code`function ${name}(s) {\n  return ${printed}\n}`)
    return code`${name}(s)`
  }
  const body = code`function observe(s, into) {
  into.found = ${bits(found, testOf)}
  into.premises = ${bits(premises, testOf)}
  into.isFinal = ${isConstant(isFinal) ? printForm(isFinal.form, stateAlone) : code`Boolean(${testOf(isFinal)})`}
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
