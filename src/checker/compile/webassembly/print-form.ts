import { assertNever } from '../../../foundation/assert-never.ts'
import { Code, code } from '../code.ts'
import type { ElementForm, Form, LoopForm, StateName } from '../translate/form.ts'
import type { Fields } from './fields.ts'
import { constant, readComputed } from './fields.ts'

/** Thrown for what 32-bit arithmetic cannot do: the search then stays with JavaScript. */
export class CannotPrint extends Error {}

/** Prints the forms of one function, and knows afterwards which locals it needs. A condition gives 0 or 1. */
export class FormPrinter {
  readonly fields: Fields
  readonly #states: Readonly<Record<StateName, Code>>
  readonly #locals = new Set<string>()
  #chains = 0

  /** `states` has the code of the address of each state. */
  constructor(fields: Fields, states: Readonly<Record<StateName, Code>>) {
    this.fields = fields
    this.#states = states
  }

  /** A local of type i32, declared when the function is. */
  local(name: string): Code {
    this.#locals.add(name)
    return Code.name(`$${name}`)
  }

  get declarations(): Code {
    return Code.join(
      [...this.#locals].map((name) => code`(local ${Code.name(`$${name}`)} i32)`),
      code` `,
    )
  }

  print(form: Form): Code {
    switch (form.kind) {
      case 'constant':
        return narrow(form.value)
      case 'truth':
        return constant(form.holds ? 1 : 0)
      case 'element':
        return this.#element(form)
      case 'local':
        return code`(local.get ${this.local(form.name)})`
      case 'not':
        return code`(i32.eqz ${this.print(form.operand)})`
      case 'nonzero':
        return code`(i32.ne ${this.print(form.operand)} (i32.const 0))`
      case 'number':
        return this.print(form.operand)
      case 'and':
      case 'or':
        return this.#chain(form.operands, form.kind === 'or')
      case 'equal':
        return this.#equal(form.left, form.right)
      case 'less':
        return code`(i32.lt_s ${this.print(form.left)} ${this.print(form.right)})`
      case 'add':
      case 'subtract':
        if (form.isWide) throw new CannotPrint('a sum needs more than 32 bits')
        return code`(${form.kind === 'add' ? code`i32.add` : code`i32.sub`} ${this.print(form.left)} ${this.print(form.right)})`
      case 'multiply':
        return code`(i32.mul ${this.print(form.left)} ${narrow(form.factor)})`
      case 'choice':
        return code`(if (result i32) ${this.print(form.condition)} (then ${this.print(form.then)}) (else ${this.print(form.otherwise)}))`
      case 'some':
      case 'every':
      case 'count':
        return this.#loop(form)
      case 'within':
        return this.#guarded(form.offset, (offset) => code`(i32.lt_u ${offset} ${narrow(form.size)})`)
      case 'inDomain': {
        const size = narrow(form.highest - form.lowest)
        return this.#guarded(form.value, (value) => code`(i32.le_u (i32.sub ${value} ${narrow(form.lowest)}) ${size})`)
      }
      case 'fail':
        return code`(unreachable)`
      case 'fresh':
        return code`(call ${Code.name(`$fresh${form.allocation}`)} ${this.#states.before})`
      default:
        return assertNever(form)
    }
  }

  /** Left at the first operand that decides. Not nested, however many there are. */
  #chain(operands: readonly Form[], decisive: boolean): Code {
    const decided = Code.name(`$decided${this.#chains++}`)
    const tests = operands.slice(0, -1).map((operand) => {
      const printed = this.print(operand)
      return code`(drop (br_if ${decided} ${constant(decisive ? 1 : 0)} ${decisive ? printed : code`(i32.eqz ${printed})`}))`
    })
    const last = operands.at(-1)
    const otherwise = last === undefined ? constant(decisive ? 0 : 1) : this.print(last)
    return code`(block ${decided} (result i32) ${Code.join(tests, code` `)} ${otherwise})`
  }

  #equal(left: Form, right: Form): Code {
    const [element, value] = left.kind === 'element' ? [left, right] : [right, left]
    if (element.kind === 'element' && element.slot.kind === 'constant' && value.kind === 'constant') {
      return this.fields.equals(this.#states[element.state], element.slot.value, value.value)
    }
    return code`(i32.eq ${this.print(left)} ${this.print(right)})`
  }

  #element({ state, slot, of }: ElementForm): Code {
    if (slot.kind === 'constant') return this.fields.read(this.#states[state], slot.value)
    const count = of.variable.initial.length
    const field = this.fields.common(of.firstSlot, count)
    if (field === undefined) return this.#amongConstants(state, slot, of.firstSlot, count)
    this.local('location')
    return readComputed(this.#states[state], this.print(slot), field)
  }

  /** An element of an array some of whose elements are always the same: each slot is asked for. */
  #amongConstants(state: StateName, slot: Form, first: number, count: number): Code {
    const [chosen, value] = [this.local(`chosen${first}`), this.local(`value${first}`)]
    const choices = Array.from({ length: count }, (_, i) => {
      const read = code`(local.set ${value} ${this.fields.read(this.#states[state], first + i)})`
      return code`(if (i32.eq (local.get ${chosen}) ${constant(first + i)}) (then ${read}))`
    })
    return code`(block (result i32) (local.set ${chosen} ${this.print(slot)}) ${Code.join(choices, code` `)} (local.get ${value}))`
  }

  /** A value that fails unless the test of it holds. */
  #guarded(form: Form, test: (value: Code) => Code): Code {
    const name = this.local('guarded')
    const tested = test(code`(local.tee ${name} ${this.print(form)})`)
    return code`(if (result i32) ${tested} (then (local.get ${name})) (else (unreachable)))`
  }

  #loop({ kind, local, first, last, body }: LoopForm): Code {
    const member = this.local(local)
    const [done, each] = [Code.name(`$done_${local}`), Code.name(`$each_${local}`)]
    const start = code`(local.set ${member} ${narrow(first)})`
    const repeat = code`(br_if ${each} (i32.le_s (local.tee ${member} (i32.add (local.get ${member}) (i32.const 1))) ${narrow(last)}))`
    const test = this.print(body)
    if (kind === 'count') {
      const count = this.local(`count_${local}`)
      const add = code`(local.set ${count} (i32.add (local.get ${count}) ${test}))`
      return code`(block (result i32) (local.set ${count} (i32.const 0)) ${start} (loop ${each} ${add} ${repeat}) (local.get ${count}))`
    }
    const [decisive, decides] = kind === 'some' ? [1, test] : [0, code`(i32.eqz ${test})`]
    const leave = code`(drop (br_if ${done} ${constant(decisive)} ${decides}))`
    return code`(block ${done} (result i32) ${start} (loop ${each} ${leave} ${repeat}) ${constant(1 - decisive)})`
  }
}

function narrow(value: number): Code {
  if (value !== (value | 0)) throw new CannotPrint(`${value} needs more than 32 bits`)
  return constant(value)
}
