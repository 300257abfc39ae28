import { isSameScalarset } from '../model/language/allocate.ts'
import { not } from '../model/language/builder.ts'
import type { Domain } from '../model/language/domain.ts'
import { highestValue } from '../model/language/domain.ts'
import type { Expression, Read } from '../model/language/expression.ts'
import { elementAt, elementCount, indicesOf } from '../model/language/state.ts'
import type { Allocation, TransitionSystem } from '../model/language/transition-system.ts'
import { reusableMember } from '../model/language/transition-system.ts'
import type { Variable } from '../model/language/variable.ts'
import { simplify } from './simplify.ts'

/** What decides whether a member of an allocated scalarset is in use, and what is reset when it is not; `member` stands for it. */
export interface References {
  readonly allocation: Allocation
  /** Over the bound name `member`: it is in use whatever refers to it, for it cannot be used again. */
  readonly unusable: Expression
  readonly firstInterchangeable: number
  readonly last: number
  /** Places whose value is in use. */
  readonly roots: readonly Read[]
  /** Places of the bound name `member` whose value is in use if it is. */
  readonly inner: readonly Read[]
  /** Places of the bound name `member`, and the literal that each has again when it is forgotten. */
  readonly resets: readonly { readonly target: Read; readonly initial: Expression }[]
}

/** The same as `allocate.ts` says of slots, said of places, so that it can be printed as a loop over members. */
export function referencesOf(system: TransitionSystem, allocation: Allocation): References {
  const { domain } = allocation
  const isOne = (each: Domain): boolean => isSameScalarset(each, domain)
  const distinguished = domain.kind === 'scalarset' ? domain.distinguished.length : 0
  const indexed = system.variables.filter((variable) => variable.indexedBy.some(isOne))
  const outside = system.variables.filter((variable) => isOne(variable.domain) && !variable.indexedBy.some(isOne))
  return {
    allocation,
    unusable: simplify(not(allocation.reusable)),
    firstInterchangeable: distinguished,
    last: highestValue(domain),
    roots: outside.flatMap((variable) => variable.initial.map((_, element) => placeOf(variable, element))),
    inner: indexed
      .filter((variable) => isOne(variable.domain))
      .flatMap((variable) => elementsOfMember(variable, domain).map(({ target }) => target)),
    resets: indexed.flatMap((variable) => elementsOfMember(variable, domain)),
  }
}

function placeOf(variable: Variable, element: number): Read {
  const indices = indicesOf(variable.indexedBy, element)
  return {
    kind: 'read',
    variable: variable.name,
    indices: indices.map((index, i) => literalOf(variable.indexedBy[i] ?? variable.domain, index)),
  }
}

/** The elements that have `member` as an index, once for each position; interchangeable members begin alike, so the last speaks for all. */
function elementsOfMember(variable: Variable, domain: Domain): References['resets'] {
  return variable.indexedBy.flatMap((index, position) => {
    if (!isSameScalarset(index, domain)) return []
    const others = variable.indexedBy.filter((_, i) => i !== position)
    return Array.from({ length: elementCount(others) }, (_, element) => {
      const rest = indicesOf(others, element)
      const indices = [...rest.slice(0, position), highestValue(domain), ...rest.slice(position)]
      const initial = variable.initial[elementAt(variable.indexedBy, indices) ?? 0] ?? 0
      const places = indices.map((value, i): Expression => {
        const own = variable.indexedBy[i] ?? domain
        return i === position ? { kind: 'bound', name: reusableMember, domain } : literalOf(own, value)
      })
      return { target: { kind: 'read', variable: variable.name, indices: places }, initial: literalOf(variable.domain, initial) }
    })
  })
}

function literalOf(domain: Domain, value: number): Expression {
  return { kind: 'literal', domain, value }
}
