import type { Domain } from '../../model/language/domain.ts'
import { boolean } from '../../model/language/domain.ts'
import type { Expression, Junction, Quantifier } from '../../model/language/expression.ts'
import { operandsOf } from '../../model/language/expression.ts'
import { transformOperands } from '../../model/language/transform.ts'
import type { Variable } from '../../model/language/variable.ts'
import type { Exchange } from './exchange.ts'
import { isFaultless } from './faultless.ts'

/**
 * Makes a formula that speaks of interchangeable processes one after the other ask all of them. "And", "or" and quantifiers stop at what decides
 * them; so whether an error behind it shows depends on the order, and exchanging two processes could hide it. The result has the same value
 * where it has one, and an error if any of the processes makes one.
 */
export class OrderInsensitive {
  readonly #exchanges: readonly Exchange[]
  readonly #nobody: Exchange
  readonly #variables: ReadonlyMap<string, Variable>

  /** `nobody` is the exchange that changes nothing. */
  constructor(exchanges: readonly Exchange[], nobody: Exchange, variables: ReadonlyMap<string, Variable>) {
    this.#exchanges = exchanges
    this.#nobody = nobody
    this.#variables = variables
  }

  /** Undefined if some exchange makes another formula of it. */
  of(formula: Expression): Expression | undefined {
    if (this.#isUnchanged(formula)) return this.#isSomewhere(formula, (node) => this.#isOrdered(node)) ? this.#inside(formula) : formula
    return formula.kind === 'and' || formula.kind === 'or' ? this.#junction(formula) : this.#inside(formula)
  }

  /** Whether it makes no difference which member a quantifier asks about first. */
  isOrdered(formula: Expression): boolean {
    return this.#isSomewhere(formula, (node) => this.#isOrdered(node))
  }

  /** All from the first to the last of those that take each other's place are asked; what stands before may still protect them. */
  #junction(junction: Junction): Expression | undefined {
    const { operands, kind } = junction
    const texts = operands.map((operand) => this.#nobody.text(operand))
    const isMoved = operands.map((operand, i) => this.#exchanges.some((exchange) => isAnother(exchange.text(operand), i, texts)))
    if (!isMoved.includes(true)) return this.#inside(junction)
    const [first, end] = [isMoved.indexOf(true), isMoved.lastIndexOf(true) + 1]
    const asked = operands.slice(first, end)
    if (!this.#areExchanged(asked) || asked.some((operand) => this.isOrdered(operand))) return undefined
    const parts = [...operands.slice(0, first), ...operands.slice(end)].map((operand) => this.of(operand))
    const kept = parts.flatMap((operand) => operand ?? [])
    if (kept.length < parts.length) return undefined
    return { kind, operands: [...kept.slice(0, first), askAll(kind, asked), ...kept.slice(first)] }
  }

  /** The node as it is, over operands each of which every exchange leaves as it is. */
  #inside(node: Expression): Expression | undefined {
    let isChanged = false
    const inner = transformOperands(node, (operand) => {
      const of = this.of(operand)
      isChanged ||= of === undefined
      return of ?? operand
    })
    if (isChanged || (operandsOf(node).length === 0 && !this.#isUnchanged(node))) return undefined
    return this.#isOrdered(inner) ? askAllMembers(inner as Quantifier) : inner
  }

  #isUnchanged(formula: Expression): boolean {
    const text = this.#nobody.text(formula)
    return this.#exchanges.every((exchange) => exchange.text(formula) === text)
  }

  /** Whether each exchange makes some of them of each of them. */
  #areExchanged(operands: readonly Expression[]): boolean {
    const texts = operands.map((operand) => this.#nobody.text(operand)).sort()
    return this.#exchanges.every((exchange) => {
      const others = operands.map((operand) => exchange.text(operand)).sort()
      return others.every((text, i) => text === texts[i])
    })
  }

  #isOrdered(node: Expression): boolean {
    const isMoved = (domain: Domain): boolean => this.#exchanges.some((exchange) => exchange.moves(domain))
    return (node.kind === 'exists' || node.kind === 'forAll') && isMoved(node.domain) && !isFaultless(node.body, this.#variables)
  }

  #isSomewhere(expression: Expression, isIt: (node: Expression) => boolean): boolean {
    return isIt(expression) || operandsOf(expression).some((operand) => this.#isSomewhere(operand, isIt))
  }
}

/** Whether the text is that of another operand than number i. */
function isAnother(text: string, i: number, texts: readonly string[]): boolean {
  return text !== texts[i] && texts.includes(text)
}

const truthValue = (value: 0 | 1): Expression => ({ kind: 'literal', domain: boolean, value })

/** "a or b" as "(a or b) and (b or true)": where a decides, b is asked all the same. */
function askAll(kind: Junction['kind'], operands: readonly Expression[]): Expression {
  const [other, neutral] = kind === 'or' ? (['and', truthValue(1)] as const) : (['or', truthValue(0)] as const)
  const asked = operands.slice(1).map((operand): Expression => ({ kind, operands: [operand, neutral] }))
  return { kind: other, operands: [{ kind, operands }, ...asked] }
}

function askAllMembers(quantifier: Quantifier): Expression {
  const isExists = quantifier.kind === 'exists'
  const [junction, other, neutral] = isExists ? (['or', 'forAll', truthValue(1)] as const) : (['and', 'exists', truthValue(0)] as const)
  const asked: Expression = { ...quantifier, kind: other, body: { kind: junction, operands: [quantifier.body, neutral] } }
  return { kind: isExists ? 'and' : 'or', operands: [quantifier, asked] }
}
