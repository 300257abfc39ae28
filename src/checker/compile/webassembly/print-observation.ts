import { Code, code } from '../code.ts'
import type { Term } from '../translate/term.ts'
import { isConstant } from '../translate/term.ts'
import type { ObservationForms } from '../translate/translate-observation.ts'
import type { Fields } from './fields.ts'
import { constant } from './fields.ts'
import { FormPrinter } from './print-form.ts'

const stateAlone = Object.freeze({ before: code`(local.get $s)`, after: code`(local.get $s)` })

/**
 * The functions `$observe`, which gives the bit set `found` of a state and adds to `$premises`, and `$is_final`. A condition of what is final
 * that may fail is worked out for every state, as elsewhere.
 */
export function printObservation({ found, premises, isFinal }: ObservationForms, fields: Fields): Code {
  const printer = new FormPrinter(fields, stateAlone)
  const premiseBits = bits(premises, printer)
  const statements = [
    ...(isFinal.canFail ? [code`(drop ${printer.print(isFinal.form)})`] : []),
    code`(global.set $premises (i32.or (global.get $premises) ${premiseBits}))`,
    bits(found, printer),
  ]
  const finalPrinter = new FormPrinter(fields, stateAlone)
  const final = finalPrinter.print(isFinal.form)
  return Code.lines([
    code`(func $observe (param $s i32) (result i32) ${printer.declarations}\n${Code.lines(statements, 2)})`,
    code`(func $is_final (param $s i32) (result i32) ${finalPrinter.declarations}\n  ${final})`,
  ])
}

function bits(conditions: readonly Term[], printer: FormPrinter): Code {
  const parts = conditions.flatMap((condition, position) => {
    if (isConstant(condition) && condition.lowest === 0) return []
    return [code`(i32.shl ${printer.print(condition.form)} ${constant(position)})`]
  })
  return parts.length === 0 ? constant(0) : parts.reduce((left, right) => code`(i32.or ${left} ${right})`)
}
