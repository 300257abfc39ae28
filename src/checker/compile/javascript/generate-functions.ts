import { assertNever } from '../../../foundation/assert-never.ts'
import { bitSet, Code, code } from '../code.ts'
import type { PreparedSystem } from '../prepare-system.ts'
import type { Form } from '../translate/form.ts'
import type { Term } from '../translate/term.ts'
import { isConstant } from '../translate/term.ts'
import type { FormulaBit } from '../translate/transition-formulas.ts'
import type { Statement } from '../translate/translate-effect.ts'
import type { Attempt } from '../translate/translate-system.ts'
import type { States } from './print-form.ts'
import { printElement, printForm, stateAlone } from './print-form.ts'

const successor = Object.freeze({ array: code`n`, begin: code`at` })
/** The state before the transition is `s`; the one after it begins in `n` at `at`. */
const transition: States = Object.freeze({ before: { array: code`s` }, after: successor })
/** A state that begins in `n` at `at`, alone. */
const successorAlone: States = Object.freeze({ before: successor })

/** The body of `reusable(n, at, member)`. */
export function generateReusable(form: Form): Code {
  return code`  return ${printForm(form, successorAlone)}`
}

/** The body of `formula(s, n, at)`. */
export function generateFormula(form: Form): Code {
  return code`  return ${printForm(form, transition)}`
}

/** The body of `condition(s)`. */
export function generateCondition({ form }: Term): Code {
  return code`  return ${printForm(form, stateAlone)}`
}

/** What is done to a successor after the properties have looked at it. */
export type Normalization = Pick<PreparedSystem, 'renaming' | 'order'>

/**
 * The body of `attempt(s, into)`. The successor is put into order by `sort(values, begin)` if there is an order, and renamed by
 * `rename(values, begin)` if `renaming`.
 */
export function generateAttempt(attempt: Attempt, normalization: Normalization): Code {
  const { position, name, guard, effect, isDisturbing, found, premises } = attempt
  const statements = [
    code`const at = begin(s, into, ${position})`,
    code`const n = into.values`,
    ...effect.map(generateStatement),
    ...(isDisturbing ? [code`identities.collect(n, at)`] : []),
    ...(found.length === 0 ? [] : [code`into.found[into.count] = ${formulaBits(found)}`]),
    ...(premises.length === 0 ? [] : [code`into.premises[into.count] = ${formulaBits(premises)}`]),
    ...normalize(isDisturbing, normalization),
    code`into.count++`,
  ]
  const test = isConstant(guard) ? Code.nothing : code`if (${printForm(guard.form, transition)}) `
  return code`  ${Code.remark(name)}\n  ${test}{\n${Code.lines(statements, 4)}\n  }`
}

/** Processes that move change the order in which identities are met. */
function normalize(isDisturbing: boolean, { renaming, order }: Normalization): readonly Code[] {
  if (order.groups.length === 0) return isDisturbing && renaming ? [code`rename(n, at)`] : []
  if (!renaming) return [code`sort(n, at)`]
  return isDisturbing ? [code`sort(n, at)`, code`rename(n, at)`] : [code`if (sort(n, at)) rename(n, at)`]
}

function generateStatement(statement: Statement): Code {
  switch (statement.kind) {
    case 'define':
      return code`const ${Code.name(statement.local)} = ${printForm(statement.value, transition)}`
    case 'fail if':
      if (statement.condition.kind === 'truth') return code`fail()`
      return code`if (${printForm(statement.condition, transition)}) fail()`
    case 'write': {
      const element = printElement(successor, printForm(statement.slot, transition))
      return code`${element} = ${printForm(statement.value, transition)}`
    }
    default:
      return assertNever(statement)
  }
}

function formulaBits(parts: readonly FormulaBit[]): Code {
  return bitSet(parts.map(({ formula, bit }) => ({ condition: code`formulas[${formula}](s, n, at)`, bit })))
}
