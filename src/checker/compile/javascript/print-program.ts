import { bitSet, Code, code } from '../code.ts'
import type { Layout } from '../layout.ts'
import type { Term } from '../translate/term.ts'
import { isConstant } from '../translate/term.ts'
import type { Attempt, AttemptGroup, TranslatedSystem } from '../translate/translate-system.ts'
import type { Normalization } from './generate-functions.ts'
import { generateAttempt, generateCondition, generateFormula, generateReusable } from './generate-functions.ts'
import { generateSorting } from './generate-sorting.ts'

/**
 * The functions of a system as text to be read, and what the tables make of them. What is run differs in this: numbers come from a list, so
 * that functions that differ in nothing else are one.
 */
export function printProgram(translated: TranslatedSystem, prepared: Normalization & { readonly layout: Layout }): Code {
  const { layout, order } = prepared
  const reusable = new Functions('reusable', code`n, at, member`)
  const formulas = new Functions('formula', code`s, n, at`)
  const attempts = new Functions('attempt', code`s, into`)
  const conditions = new Functions('condition', code`s`)
  const groups = translated.groups.map((group) => printGroup(group, (attempt) => attempts.add(generateAttempt(attempt, prepared))))
  for (const form of translated.formulas) formulas.add(generateFormula(form))
  for (const form of translated.reusable) reusable.add(generateReusable(form))
  const addCondition = (term: Term): Code => code`${conditions.add(generateCondition(term))}(s)`
  const { found, premises, isFinal } = translated.observation
  const observe = code`function observe(s, into) {
  into.found = ${printBits(found, addCondition)}
  into.premises = ${printBits(premises, addCondition)}
  into.isFinal = ${isConstant(isFinal) ? code`${isFinal.lowest === 1}` : code`Boolean(${addCondition(isFinal)})`}
}`
  return Code.lines([
    printLayout(layout),
    ...reusable.all,
    code`const identities = createIdentities([${Code.join(reusable.names, code`, `)}])`,
    ...formulas.all,
    code`const formulas = [${Code.join(formulas.names, code`, `)}]`,
    ...(order.groups.length === 0 ? [] : [generateSorting(order)]),
    ...attempts.all,
    code`function expand(s, into) {\n  into.count = 0\n${Code.lines(groups)}\n}`,
    ...conditions.all,
    observe,
  ])
}

/** Functions of one kind: their names are the kind and a number. */
class Functions {
  readonly names: Code[] = []
  readonly all: Code[] = []
  readonly #kind: string
  readonly #parameters: Code

  constructor(kind: string, parameters: Code) {
    this.#kind = kind
    this.#parameters = parameters
  }

  /** Returns the name. */
  add(body: Code): Code {
    const name = Code.name(`${this.#kind}${this.all.length}`)
    this.names.push(name)
    this.all.push(code`function ${name}(${this.#parameters}) {\n${body}\n}`)
    return name
  }
}

function printGroup(group: AttemptGroup, add: (attempt: Attempt) => Code): Code {
  const calls = (attempts: readonly Attempt[]): readonly Code[] => attempts.map((attempt) => code`${add(attempt)}(s, into)`)
  if (group.kind === 'plain') return Code.lines(calls(group.attempts), 2)
  const cases = group.cases.map(({ value, attempts }) => code`    case ${value}: ${Code.join([...calls(attempts), code`break`], code`; `)}`)
  return code`  switch (s[${group.slot}]) {\n${Code.lines(cases)}\n  }`
}

function printBits(terms: readonly Term[], addCondition: (term: Term) => Code): Code {
  const parts = terms.flatMap((term, position) => {
    if (!isConstant(term)) return [{ condition: addCondition(term), bit: 1 << position }]
    return term.lowest === 1 ? [{ condition: code`true`, bit: 1 << position }] : []
  })
  return bitSet(parts)
}

/** Where the values of a state stand in its state vector. */
function printLayout({ fields, constants }: Layout): Code {
  const places = fields.map(
    ({ slot, word, shift, bits, lowest }) => code`  { slot: ${slot}, word: ${word}, shift: ${shift}, bits: ${bits}, lowest: ${lowest} },`,
  )
  const values = constants.map(({ slot, value }) => code`  { slot: ${slot}, value: ${value} },`)
  return Code.lines([code`const fields = [`, ...places, code`]`, code`const constants = [`, ...values, code`]`])
}
