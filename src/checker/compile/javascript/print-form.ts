import { assertNever } from '../../../foundation/assert-never.ts'
import { Code, code } from '../code.ts'
import type { Form, LoopForm, StateName } from '../translate/form.ts'

/** Where values are read: an array and, unless the state begins at its first element, the name of the position where it begins. */
export interface StateAccess {
  readonly array: Code
  readonly begin?: Code
}

/** The arrays that have the states a form speaks of. */
export type States = Readonly<Partial<Record<StateName, StateAccess>>> & { readonly before: StateAccess }

/** The state alone, in the array `s`. */
export const stateAlone: States = Object.freeze({ before: { array: code`s` } })

/** How tightly an operator binds; an operand that binds less than its surroundings need is put in parentheses. */
type Rank = (typeof rank)[keyof typeof rank]
const rank = Object.freeze({ choice: 0, junction: 1, comparison: 2, sum: 3, atom: 4 })

interface Printed {
  readonly code: Code
  readonly rank: Rank
}

/** A condition gives anything that JavaScript takes for true or false. */
export function printForm(form: Form, states: States): Code {
  return print(form, states).code
}

/** Code of the value at a slot. */
export function printElement({ array, begin }: StateAccess, slot: Code): Code {
  return begin === undefined ? code`${array}[${slot}]` : code`${array}[${begin} + ${slot}]`
}

function print(form: Form, states: States): Printed {
  const at = (operand: Form, needed: Rank): Code => operandOf(print(operand, states), needed)
  switch (form.kind) {
    case 'constant':
      return atom(code`${form.value}`)
    case 'truth':
      return atom(code`${form.holds}`)
    case 'element':
      return atom(printElement(states[form.state] ?? states.before, print(form.slot, states).code))
    case 'local':
      return atom(Code.name(form.name))
    case 'not':
      return printNot(form.operand, states)
    case 'nonzero':
      return { code: code`${at(form.operand, rank.sum)} !== 0`, rank: rank.comparison }
    case 'number':
      return { code: code`${at(form.operand, rank.junction)} ? 1 : 0`, rank: rank.choice }
    case 'and':
    case 'or': {
      const operands = form.operands.map((operand) => at(operand, rank.comparison))
      return { code: Code.join(operands, form.kind === 'or' ? code` || ` : code` && `), rank: rank.junction }
    }
    case 'equal':
      return { code: code`${at(form.left, rank.sum)} === ${at(form.right, rank.sum)}`, rank: rank.comparison }
    case 'less':
      return { code: code`${at(form.left, rank.sum)} < ${at(form.right, rank.sum)}`, rank: rank.comparison }
    case 'add':
      return { code: code`${at(form.left, rank.sum)} + ${at(form.right, rank.sum)}`, rank: rank.sum }
    case 'subtract':
      return { code: code`${at(form.left, rank.sum)} - ${at(form.right, rank.atom)}`, rank: rank.sum }
    case 'multiply':
      return { code: code`${at(form.left, rank.atom)} * ${form.factor}`, rank: rank.sum }
    case 'choice': {
      const [test, then, otherwise] = [form.condition, form.then, form.otherwise].map((part) => at(part, rank.junction))
      return { code: code`${test ?? Code.nothing} ? ${then ?? Code.nothing} : ${otherwise ?? Code.nothing}`, rank: rank.choice }
    }
    case 'some':
    case 'every':
    case 'count':
      return atom(printLoop(form, states))
    case 'within':
      return atom(code`within(${print(form.offset, states).code}, ${form.size})`)
    case 'inDomain':
      return atom(code`inDomain(${print(form.value, states).code}, ${form.lowest}, ${form.highest})`)
    case 'fail':
      return atom(code`fail()`)
    case 'fresh':
      return atom(code`identities.fresh(${form.allocation}, s, 0)`)
    default:
      return assertNever(form)
  }
}

function atom(printed: Code): Printed {
  return { code: printed, rank: rank.atom }
}

/** The opposite operator where there is one. */
function printNot(operand: Form, states: States): Printed {
  const at = (part: Form, needed: Rank): Code => operandOf(print(part, states), needed)
  switch (operand.kind) {
    case 'equal':
      return { code: code`${at(operand.left, rank.sum)} !== ${at(operand.right, rank.sum)}`, rank: rank.comparison }
    case 'less':
      return { code: code`${at(operand.left, rank.sum)} >= ${at(operand.right, rank.sum)}`, rank: rank.comparison }
    default:
      return atom(code`!${at(operand, rank.atom)}`)
  }
}

const searches = Object.freeze({ some: code`someMember`, every: code`everyMember`, count: code`countMembers` })

function printLoop({ kind, local, first, last, body }: LoopForm, states: States): Code {
  return code`${searches[kind]}(${first}, ${last}, (${Code.name(local)}) => ${print(body, states).code})`
}

function operandOf(printed: Printed, needed: Rank): Code {
  return printed.rank < needed ? code`(${printed.code})` : printed.code
}
