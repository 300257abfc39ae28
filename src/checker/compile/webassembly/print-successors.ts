import { Code, code } from '../code.ts'
import type { PreparedSystem } from '../prepare-system.ts'
import { isConstant } from '../translate/term.ts'
import type { FormulaBit } from '../translate/transition-formulas.ts'
import type { Statement } from '../translate/translate-effect.ts'
import type { Attempt, AttemptCase, AttemptGroup, TranslatedSystem } from '../translate/translate-system.ts'
import type { Fields } from './fields.ts'
import { constant, copyVector, writeComputed } from './fields.ts'
import { FormPrinter } from './print-form.ts'

const states = Object.freeze({ before: code`(local.get $s)`, after: code`(local.get $n)` })

/** More attempts than this are not put into one function: the optimising compiler takes long for very long ones. */
const attemptsPerFunction = 12

/** Cases are nested blocks, and the assembler nests no deeper than some hundreds. */
const casesPerTable = 32

export interface SuccessorOptions extends Pick<PreparedSystem, 'renaming' | 'order'> {
  readonly fields: Fields
}

/**
 * The function `$expand_state`, which makes the successors of the state at `$s` in order of actions, each at `$next`, and calls `$arrive`.
 */
export function printSuccessors(translated: TranslatedSystem, options: SuccessorOptions): Code {
  const blocks = new Blocks(options)
  const groups = translated.groups.map((group) => blocks.group(group))
  const formulas = translated.formulas.map((form, i) => {
    const printer = new FormPrinter(options.fields, states)
    const body = printer.print(form)
    return code`(func ${formulaName(i)} (param $s i32) (param $n i32) (result i32) ${printer.declarations}\n  ${body})`
  })
  return Code.lines([...formulas, ...blocks.functions, code`(func $expand_state (param $s i32)\n${Code.lines(groups, 2)})`])
}

class Blocks {
  readonly functions: Code[] = []
  readonly #options: SuccessorOptions

  constructor(options: SuccessorOptions) {
    this.#options = options
  }

  group(group: AttemptGroup): Code {
    if (group.kind === 'plain') return Code.lines(this.#callsOf(group.attempts))
    const name = Code.name(`$switch${this.functions.length}`)
    const chosen = this.#options.fields.read(states.before, group.slot)
    const tables: Code[] = []
    for (let first = 0; first < group.cases.length; first += casesPerTable) {
      const cases = group.cases.slice(first, first + casesPerTable)
      const isWithin = code`(i32.le_s (local.get $chosen) ${constant(cases.at(-1)?.value ?? 0)})`
      tables.push(code`(if ${isWithin} (then ${this.#jumpTable(cases)} (return)))`)
    }
    this.functions.push(code`(func ${name} (param $s i32) (local $chosen i32)\n  (local.set $chosen ${chosen})\n${Code.lines(tables, 2)})`)
    return code`(call ${name} (local.get $s))`
  }

  /** From the lowest of the cases to the highest; in front of the lowest, none. */
  #jumpTable(cases: readonly AttemptCase[]): Code {
    const [lowest, highest] = [cases[0]?.value ?? 0, cases.at(-1)?.value ?? 0]
    const labels = Array.from({ length: highest - lowest + 1 }, (_, i) => {
      const position = cases.findIndex(({ value }) => value === lowest + i)
      return position < 0 ? code`$other` : Code.name(`$case${position}`)
    })
    const table = code`(br_table ${Code.join(labels, code` `)} $other (i32.sub (local.get $chosen) ${constant(lowest)}))`
    const nested = cases.reduce((inner, { attempts }, i) => {
      const calls = Code.join(this.#callsOf(attempts), code` `)
      return code`(block ${Code.name(`$case${i}`)} ${inner})\n  ${calls} (br $other)`
    }, table)
    return code`(block $other ${nested})`
  }

  #callsOf(attempts: readonly Attempt[]): readonly Code[] {
    const calls: Code[] = []
    for (let first = 0; first < attempts.length; first += attemptsPerFunction) {
      const name = Code.name(`$attempts${this.functions.length}`)
      const printer = new FormPrinter(this.#options.fields, states)
      printer.local('n')
      const body = attempts.slice(first, first + attemptsPerFunction).map((attempt) => printAttempt(attempt, printer, this.#options))
      this.functions.push(code`(func ${name} (param $s i32) ${printer.declarations}\n${Code.lines(body, 2)})`)
      calls.push(code`(call ${name} (local.get $s))`)
    }
    return calls
  }
}

function printAttempt(attempt: Attempt, printer: FormPrinter, options: SuccessorOptions): Code {
  const { fields } = options
  const { guard, found, premises } = attempt
  const conjuncts = isConstant(guard) ? [] : guard.form.kind === 'and' ? guard.form.operands : [guard.form]
  const statements = [
    ...conjuncts.map((form) => code`(br_if $skip (i32.eqz ${printer.print(form)}))`),
    code`(local.set $n (global.get $next))`,
    ...copyVector(fields.layout.wordCount, states.after, states.before),
    ...printEffect(attempt.effect, printer),
    ...(attempt.isDisturbing ? [code`(call $collect (local.get $n))`] : []),
    ...(found.length === 0 ? [] : [code`(call $note_transition ${formulaBits(found)} ${constant(attempt.position)})`]),
    ...(premises.length === 0 ? [] : [code`(global.set $premises (i32.or (global.get $premises) ${formulaBits(premises)}))`]),
    ...normalize(attempt.isDisturbing, options),
    code`(call $arrive ${constant(attempt.position)})`,
  ]
  return code`;; ${attempt.name}\n  (block $skip\n${Code.lines(statements, 4)})`
}

/** Processes that move change the order in which identities are met. */
function normalize(isDisturbing: boolean, { renaming, order }: SuccessorOptions): readonly Code[] {
  const rename = code`(call $rename (local.get $n))`
  if (order.groups.length === 0) return isDisturbing && renaming ? [rename] : []
  if (!renaming) return [code`(drop (call $sort (local.get $n)))`]
  return isDisturbing ? [code`(drop (call $sort (local.get $n)))`, rename] : [code`(if (call $sort (local.get $n)) (then ${rename}))`]
}

/** Writes at known slots go first, one store a word; they read the state before, as everything does. */
function printEffect(effect: readonly Statement[], printer: FormPrinter): readonly Code[] {
  const { fields } = printer
  const first: Code[] = []
  const computed: Code[] = []
  const words = new Map<number, { field: NonNullable<ReturnType<Fields['at']>>; value: Code }[]>()
  for (const statement of effect) {
    if (statement.kind === 'define') {
      first.push(code`(local.set ${printer.local(statement.local)} ${printer.print(statement.value)})`)
    } else if (statement.kind === 'fail if') {
      first.push(code`(if ${printer.print(statement.condition)} (then (unreachable)))`)
    } else if (statement.slot.kind === 'constant') {
      const field = fields.at(statement.slot.value)
      const value = printer.print(statement.value)
      if (field === undefined) first.push(code`(drop ${value})`)
      else words.set(field.word, [...(words.get(field.word) ?? []), { field, value }])
    } else {
      computed.push(...printComputedWrite(statement, printer))
    }
  }
  const known = [...words].map(([at, parts]) => fields.writeWord(states.after, at, states.before, parts))
  return [...first, ...known, ...computed]
}

function printComputedWrite({ slot, value, of }: Extract<Statement, { kind: 'write' }>, printer: FormPrinter): readonly Code[] {
  const field = printer.fields.common(of.firstSlot, of.variable.initial.length)
  if (field === undefined) return [code`(drop ${printer.print(slot)})`, code`(drop ${printer.print(value)})`]
  for (const local of ['target', 'address']) printer.local(local)
  return writeComputed(states.after, printer.print(slot), printer.print(value), field)
}

function formulaBits(parts: readonly FormulaBit[]): Code {
  const bits = parts.map(({ formula, bit }) => {
    const holds = code`(call ${formulaName(formula)} (local.get $s) (local.get $n))`
    return code`(i32.shl ${holds} ${constant(31 - Math.clz32(bit))})`
  })
  return bits.reduce((left, right) => code`(i32.or ${left} ${right})`)
}

function formulaName(formula: number): Code {
  return Code.name(`$formula${formula}`)
}

/** The function `$hash`: 64 bits of the vector at `$n`; and `$is_same`, whether two vectors are equal. */
export function printVectorFunctions(words: number): Code {
  const rounds: Code[] = []
  const differences: Code[] = []
  for (let at = 0; at < words; at += 2) {
    const size = at + 1 < words ? code`i64.load` : code`i64.load32_u`
    const part = code`(${size} offset=${at * 4} (local.get $n))`
    rounds.push(code`(local.set $h (i64.mul (i64.xor (local.get $h) ${part}) (i64.const -7046029254386353131)))`)
    rounds.push(code`(local.set $h (i64.xor (local.get $h) (i64.shr_u (local.get $h) (i64.const 32))))`)
    differences.push(code`(i64.xor ${part} (${size} offset=${at * 4} (local.get $other)))`)
  }
  return Code.lines([
    code`(func $hash (param $n i32) (result i64) (local $h i64)
${Code.lines(rounds, 2)}
  (local.set $h (i64.mul (local.get $h) (i64.const -4417276706812531889)))
  (i64.xor (local.get $h) (i64.shr_u (local.get $h) (i64.const 29))))`,
    code`(func $is_same (param $n i32) (param $other i32) (result i32)
  (i64.eqz ${differences.reduce((left, right) => code`(i64.or ${left} ${right})`)}))`,
  ])
}
