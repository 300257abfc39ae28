import { assertNever } from '../../../foundation/assert-never.ts'
import { bitSet, Code, code } from '../code.ts'
import type { PreparedSystem } from '../prepare-system.ts'
import { isConstant } from '../translate/term.ts'
import type { FormulaBit } from '../translate/transition-formulas.ts'
import type { Statement } from '../translate/translate-effect.ts'
import type { Attempt, TranslatedSystem } from '../translate/translate-system.ts'
import type { States } from './print-form.ts'
import { printElement, printForm } from './print-form.ts'

const successor = Object.freeze({ array: code`n`, begin: code`at` })
const transition: States = Object.freeze({ before: { array: code`s` }, after: successor })
/** A state that begins at `at`, alone. */
const successorAlone: States = Object.freeze({ before: successor })

/** More actions than this are not put into one function: V8 gives up optimising very long ones. */
const attemptsPerFunction = 12

/** What is done to a successor after the properties have looked at it. */
export type Normalization = Pick<PreparedSystem, 'renaming' | 'order'>

/**
 * The function `expand(s, into)` with those it calls. Successors are put into order by `sort(values, begin)` if there is an order, and renamed by
 * `rename(values, begin)` if `renaming`.
 */
export function generateSuccessors(translated: TranslatedSystem, normalization: Normalization): Code {
  const blocks = new Blocks(normalization)
  const groups = translated.groups.map((group) => {
    if (group.kind === 'plain') return Code.lines(blocks.callsOf(group.attempts), 2)
    const lines = group.cases.map(({ value, attempts }) => {
      const calls = Code.join([...blocks.callsOf(attempts), code`break`], code`; `)
      return code`    case ${value}: ${calls}`
    })
    return code`  switch (s[${group.slot}]) {\n${Code.lines(lines)}\n  }`
  })
  const formulas = translated.formulas.map(
    (formula, i) => code`function ${formulaName(i)}(s, n, at) {\n  return ${printForm(formula, transition)}\n}`,
  )
  return code`${Code.lines([...generateIdentities(translated), ...formulas, ...blocks.functions])}
function expand(s, into) {
  into.count = 0
${Code.lines(groups)}
}`
}

/** Functions that make a few attempts each. */
class Blocks {
  readonly functions: Code[] = []
  readonly #normalization: Normalization

  constructor(normalization: Normalization) {
    this.#normalization = normalization
  }

  callsOf(attempts: readonly Attempt[]): readonly Code[] {
    const calls: Code[] = []
    for (let first = 0; first < attempts.length; first += attemptsPerFunction) {
      const name = Code.name(`block${this.functions.length}`)
      const body = attempts.slice(first, first + attemptsPerFunction).map((attempt) => generateAttempt(attempt, this.#normalization))
      this.functions.push(code`function ${name}(s, into) {\n${Code.lines(body)}\n}`)
      calls.push(code`${name}(s, into)`)
    }
    return calls
  }
}

function generateAttempt(attempt: Attempt, normalization: Normalization): Code {
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
  return code`  // ${name}\n  ${test}{\n${Code.lines(statements, 4)}\n  }`
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
  return bitSet(parts.map(({ formula, bit }) => ({ condition: code`${formulaName(formula)}(s, n, at)`, bit })))
}

function formulaName(formula: number): Code {
  return Code.name(`formula${formula}`)
}

/** One predicate per allocation, and the tables that use them. */
function generateIdentities({ reusable }: TranslatedSystem): readonly Code[] {
  if (reusable.length === 0) return []
  const predicates = reusable.map((form, i) => {
    return code`function reusable${i}(n, at, member) {\n  return ${printForm(form, successorAlone)}\n}`
  })
  const names = reusable.map((_, i) => Code.name(`reusable${i}`))
  return [...predicates, code`const identities = createIdentities([${Code.join(names, code`, `)}])`]
}
