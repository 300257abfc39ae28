import { InternalError } from '../../../foundation/diagnostic.ts'
import type { Code } from '../code.ts'
import { withNumbersFromTable } from '../code.ts'
import type { Identities } from '../collect.ts'
import type { Successors } from '../compiled-system.ts'
import type { Renaming } from '../rename-identities.ts'
import type { Sorting } from '../symmetry/process-order.ts'
import { begin, countMembers, everyMember, fail, inDomain, someMember, within } from './runtime.ts'

/** A condition on a transition, bound to its numbers. */
export type BoundFormula = (s: Int32Array, n: Int32Array, at: number) => unknown

/** What is generated, as functions that take the numbers in their text from a list. */
export interface GeneratedFunctions {
  attempt(
    s: Int32Array,
    into: Successors,
    numbers: readonly number[],
    formulas: readonly BoundFormula[],
    identities: Identities,
    rename: Renaming,
    sort: Sorting,
  ): void
  formula(s: Int32Array, n: Int32Array, at: number, numbers: readonly number[]): unknown
  condition(s: Int32Array, numbers: readonly number[]): unknown
  reusable(n: Int32Array, at: number, member: number, numbers: readonly number[]): unknown
}

/** As bodies know them, in the order of the signatures above. */
const parameters: Readonly<Record<keyof GeneratedFunctions, string>> = Object.freeze({
  attempt: 's, into, numbers, formulas, identities, rename, sort',
  formula: 's, n, at, numbers',
  condition: 's, numbers',
  reusable: 'n, at, member, numbers',
})

/** What any body may call. */
const given = Object.freeze({ begin, within, inDomain, fail, someMember, everyMember, countMembers })

export interface LoadedFunction<Kind extends keyof GeneratedFunctions> {
  readonly run: GeneratedFunctions[Kind]
  readonly numbers: readonly number[]
}

/**
 * Generated functions by their whole text without its numbers. Procedures are inlined wherever they are called, and readings differ in few
 * places: of a hundred functions there is hardly one that is not written like an earlier one, which is optimized already (measured: 120,000
 * texts in a run of `prove`, 2,600 without numbers). Keeps functions of at most so many characters; then it begins anew.
 */
export class FunctionCache {
  readonly #most: number
  readonly #known = new Map<string, unknown>()
  #characters = 0

  constructor(most: number) {
    this.#most = most
  }

  /** Functions known. */
  get size(): number {
    return this.#known.size
  }

  /** The function of that kind with that body. */
  load<Kind extends keyof GeneratedFunctions>(kind: Kind, body: Code): LoadedFunction<Kind> {
    const numbers: number[] = []
    const key = `${kind} ${body.skeleton(numbers)}`
    const run = this.#known.get(key) ?? this.#add(key, kind, body)
    return { run: run as GeneratedFunctions[Kind], numbers }
  }

  #add(key: string, kind: keyof GeneratedFunctions, body: Code): unknown {
    if (this.#characters + key.length > this.#most) {
      this.#known.clear()
      this.#characters = 0
    }
    const run = evaluate(`(${parameters[kind]}) => {\n${withNumbersFromTable(body.skeleton([]))}\n}`)
    this.#known.set(key, run)
    this.#characters += key.length
    return run
  }
}

/** What the text of an expression evaluates to, beside the functions of the runtime. */
export function evaluate(text: string): unknown {
  try {
    return new Function(...Object.keys(given), `'use strict'\nreturn ${text}`)(...Object.values(given))
  } catch (cause) {
    throw new InternalError('MC901', `generated code cannot be evaluated:\n${text}\n`, { cause })
  }
}
