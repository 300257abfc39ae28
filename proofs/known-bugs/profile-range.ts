import { distinctProfiles } from '../../src/model/cpython/versions/releases.ts'

const names = distinctProfiles.map(({ name }) => name)

/** Names of all profiles, oldest first. */
export const everywhere: readonly string[] = names
export const nowhere: readonly string[] = []

/** The profile of this name and those after it. */
export function since(first: string): readonly string[] {
  return names.slice(positionOf(first))
}

/** The profile of this name and those before it. */
export function until(last: string): readonly string[] {
  return names.slice(0, positionOf(last) + 1)
}

export function between(first: string, last: string): readonly string[] {
  return names.slice(positionOf(first), positionOf(last) + 1)
}

/** All profiles but these. */
export function allBut(others: readonly string[]): readonly string[] {
  return names.filter((name) => !others.includes(name))
}

function positionOf(name: string): number {
  const position = names.indexOf(name)
  if (position < 0) throw new TypeError(`there is no profile "${name}" among ${names.join(', ')}`)
  return position
}
