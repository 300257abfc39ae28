import { isSameScalarset } from '../../model/language/allocate.ts'
import type { Domain } from '../../model/language/domain.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { Property } from '../../properties/language/property.ts'
import type { DispatchedAction } from './action-dispatch.ts'
import { groupActions } from './action-dispatch.ts'
import { Code, code } from './code.ts'
import { generateEffect } from './generate-effect.ts'
import type { Scope } from './generate-expression.ts'
import { generateCondition } from './generate-expression.ts'
import type { IdentityEffects } from './identity-effects.ts'
import { generateReusable } from './identity-effects.ts'
import type { SlotTable } from './slots.ts'
import type { Term } from './term.ts'
import { isConstant, junction } from './term.ts'
import { TransitionFormulas } from './transition-formulas.ts'

export interface SuccessorOptions {
  readonly slots: SlotTable
  readonly effects: IdentityEffects
  /** Whether successors are renamed by `rename(values, begin)`. */
  readonly renaming: boolean
}

const before = Object.freeze({ array: code`s` })
const successor = Object.freeze({ array: code`n`, begin: code`at` })

/** More actions than this are not put into one function: V8 gives up optimising very long ones. */
const actionsPerFunction = 12

/** The function `expand(s, into)` with those it calls. */
export function generateSuccessors(system: TransitionSystem, properties: readonly Property[], options: SuccessorOptions): Code {
  const writer = new SuccessorWriter(system, properties, options)
  const groups = groupActions(system.actions, options.slots).map((group) => {
    if (group.kind === 'plain') return Code.lines(writer.callsOf(group.actions), 2)
    const cases = [...group.cases].sort(([left], [right]) => left - right)
    const lines = cases.map(([value, actions]) => {
      const calls = Code.join([...writer.callsOf(actions), code`break`], code`; `)
      return code`    case ${value}: ${calls}`
    })
    return code`  switch (s[${group.slot}]) {\n${Code.lines(lines)}\n  }`
  })
  return code`${Code.lines([...generateIdentities(system, options.slots), ...writer.functions])}
function expand(s, into) {
  into.count = 0
${Code.lines(groups)}
}`
}

/** Writes functions that try a few actions each, and gives the calls to them. */
class SuccessorWriter {
  readonly #system: TransitionSystem
  readonly #options: SuccessorOptions
  readonly #scope: Scope
  readonly #formulas: TransitionFormulas
  readonly #blocks: Code[] = []

  constructor(system: TransitionSystem, properties: readonly Property[], options: SuccessorOptions) {
    this.#system = system
    this.#options = options
    const scope: Scope = { slots: options.slots, state: before, bound: new Map(), copies: 1, loops: 0 }
    this.#scope = { ...scope, fresh: (domain) => this.#freshMember(domain) }
    this.#formulas = new TransitionFormulas(properties, { ...scope, after: successor })
  }

  get functions(): readonly Code[] {
    return [...this.#formulas.functions, ...this.#blocks]
  }

  callsOf(actions: readonly DispatchedAction[]): readonly Code[] {
    const possible = actions.flatMap((action) => this.#attempt(action))
    const calls: Code[] = []
    for (let first = 0; first < possible.length; first += actionsPerFunction) {
      const name = Code.name(`block${this.#blocks.length}`)
      const body = Code.lines(possible.slice(first, first + actionsPerFunction))
      this.#blocks.push(code`function ${name}(s, into) {\n${body}\n}`)
      calls.push(code`${name}(s, into)`)
    }
    return calls
  }

  /** The code that takes an action if it is enabled; none if it never is. */
  #attempt({ position, action, conjuncts }: DispatchedAction): readonly Code[] {
    const scope = { ...this.#scope, action }
    const guard = junction(conditionsOf(conjuncts, scope), false)
    if (isConstant(guard) && guard.lowest === 0) return []
    const isDisturbing = this.#system.allocations.length > 0 && this.#options.effects.mayDisturb(action)
    const changing = new Set(action.assignments.map(({ target }) => target.variable))
    if (isDisturbing) for (const name of this.#options.effects.collected) changing.add(name)
    const found = this.#formulas.bitsOf(action, changing, 'found')
    const premises = this.#formulas.bitsOf(action, changing, 'premises')
    const statements = [
      code`const at = begin(s, into, ${position})`,
      code`const n = into.values`,
      ...generateEffect(action, scope, successor),
      ...(isDisturbing ? [code`identities.collect(n, at)`] : []),
      ...(found === undefined ? [] : [code`into.found[into.count] = ${found}`]),
      ...(premises === undefined ? [] : [code`into.premises[into.count] = ${premises}`]),
      ...(isDisturbing && this.#options.renaming ? [code`rename(n, at)`] : []),
      code`into.count++`,
    ]
    const test = isConstant(guard) ? Code.nothing : code`if (${guard.code}) `
    return [code`  // ${action.name}\n  ${test}{\n${Code.lines(statements, 4)}\n  }`]
  }

  #freshMember(domain: Domain): Code {
    const allocation = this.#system.allocations.findIndex((candidate) => isSameScalarset(candidate.domain, domain))
    return code`identities.fresh(${allocation}, s, 0)`
  }
}

function* conditionsOf(conjuncts: DispatchedAction['conjuncts'], scope: Scope): Generator<Term> {
  for (const conjunct of conjuncts) yield generateCondition(conjunct, scope)
}

/** One predicate per allocation, and the tables that use them. */
function generateIdentities(system: TransitionSystem, slots: SlotTable): readonly Code[] {
  if (system.allocations.length === 0) return []
  const predicates = system.allocations.map((allocation, i) => {
    const condition = generateReusable(allocation, slots, successor)
    return code`function reusable${i}(n, at, member) {\n  return ${condition.code}\n}`
  })
  const names = system.allocations.map((_, i) => Code.name(`reusable${i}`))
  return [...predicates, code`const identities = createIdentities([${Code.join(names, code`, `)}])`]
}
