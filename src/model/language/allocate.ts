import type { Domain } from './domain.ts'
import type { State, StateShape } from './state.ts'
import { indicesOf } from './state.ts'

/** Whether two domains are the same scalarset, "none" aside. */
export function isSameScalarset(left: Domain | undefined, right: Domain | undefined): boolean {
  return left?.kind === 'scalarset' && right?.kind === 'scalarset' && left.name === right.name
}

/** What was worked out for a shape; a run asks the same in every state. */
const remembered = new WeakMap<StateShape, Map<string, readonly number[]>>()

function remember(shape: StateShape, question: string, answer: () => readonly number[]): readonly number[] {
  const answers = remembered.get(shape) ?? new Map<string, readonly number[]>()
  remembered.set(shape, answers)
  const known = answers.get(question) ?? answer()
  answers.set(question, known)
  return known
}

/** Slots of the array elements that belong to one member of a scalarset: those that have it among their indices. */
export function elementsOf(shape: StateShape, domain: Domain, member: number): readonly number[] {
  return remember(shape, `elements of ${nameOf(domain)} ${member}`, () => findElements(shape, domain, member))
}

/** Slots outside any array indexed by the scalarset whose value is one of its members: where references start. */
export function rootsOf(shape: StateShape, domain: Domain): readonly number[] {
  return remember(shape, `roots of ${nameOf(domain)}`, () => findRoots(shape, domain))
}

function nameOf(domain: Domain): string {
  return domain.kind === 'scalarset' ? domain.name : domain.kind
}

function findElements(shape: StateShape, domain: Domain, member: number): readonly number[] {
  const slots: number[] = []
  for (const variable of shape.variables) {
    const positions = variable.indexedBy.flatMap((index, i) => (isSameScalarset(index, domain) ? [i] : []))
    if (positions.length === 0) continue
    const first = shape.firstSlot.get(variable.name) ?? 0
    for (let element = 0; element < variable.initial.length; element++) {
      const indices = indicesOf(variable.indexedBy, element)
      if (positions.some((position) => indices[position] === member)) slots.push(first + element)
    }
  }
  return slots
}

function findRoots(shape: StateShape, domain: Domain): readonly number[] {
  return shape.variables.flatMap((variable) => {
    if (!isSameScalarset(variable.domain, domain)) return []
    if (variable.indexedBy.some((index) => isSameScalarset(index, domain))) return []
    const first = shape.firstSlot.get(variable.name) ?? 0
    return variable.initial.map((_, element) => first + element)
  })
}

/**
 * Members in use: distinguished ones, those that are not reusable, those a root refers to, and those an element of a member in use refers
 * to. The rest is forgotten: `fresh` may hand it out again.
 */
export function membersInUse(
  shape: StateShape,
  state: State,
  domain: Domain,
  isReusable: (member: number) => boolean,
): ReadonlySet<number> {
  const distinguished = domain.kind === 'scalarset' ? domain.distinguished.length : 0
  const size = domain.kind === 'scalarset' ? distinguished + domain.interchangeable : 0
  const inUse = new Set<number>(rootsOf(shape, domain).map((slot) => state[slot] ?? -1))
  for (let member = 0; member < size; member++) if (member < distinguished || !isReusable(member)) inUse.add(member)
  for (const member of inUse) {
    for (const slot of elementsOf(shape, domain, member)) {
      if (isSameScalarset(shape.domains[slot], domain)) inUse.add(state[slot] ?? -1)
    }
  }
  return inUse
}
