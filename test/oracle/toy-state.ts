import type { Domain } from '../../src/model/language/domain.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import type { Variable } from '../../src/model/language/variable.ts'

/** Value of every element by its key, in order of declaration. */
export type ToyState = ReadonlyMap<string, number>

/** A mistake of the model; the code is the toolkit's, or a word where validation should have refused. */
export class ToyError extends Error {
  override readonly name = 'ToyError'
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

export function fail(code: string): never {
  throw new ToyError(code)
}

export function key(variable: string, indices: readonly number[]): string {
  return JSON.stringify([variable, ...indices])
}

/** The variable and the indices that a key stands for. */
export function membersOf(system: TransitionSystem, at: string): { variable: Variable; indices: readonly number[] } {
  const [name, ...indices] = JSON.parse(at) as [string, ...number[]]
  return { variable: system.variables.find((variable) => variable.name === name) ?? fail('variable'), indices }
}

/** All members of a domain in order, after "none" if that is wanted. */
export function expand(domain: Domain, withNone = false): readonly number[] {
  const members: number[] = withNone ? [-1] : []
  if (domain.kind === 'boolean') members.push(0, 1)
  if (domain.kind === 'range') for (let value = domain.min; value <= domain.max; value++) members.push(value)
  if (domain.kind === 'enumeration') members.push(...domain.members.map((_, position) => position))
  if (domain.kind === 'scalarset') {
    for (const name of domain.distinguished) members.push(domain.distinguished.indexOf(name))
    for (let other = 0; other < domain.interchangeable; other++) members.push(domain.distinguished.length + other)
  }
  return members
}

export function initialState(system: TransitionSystem): ToyState {
  return new Map(
    system.variables.flatMap(({ name, indexedBy, initial }) => {
      let places: readonly (readonly number[])[] = [[]]
      for (const domain of indexedBy) places = places.flatMap((place) => expand(domain).map((index) => [...place, index]))
      return places.map((place, i) => [key(name, place), initial[i] ?? fail('initial')] as const)
    }),
  )
}

export function textOf(state: ToyState): string {
  return JSON.stringify([...state.values()])
}
