import type { Domain } from '../../src/model/language/domain.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import { expand, initialState, key, membersOf } from './toy-state.ts'

/**
 * Number of states up to permutation of the interchangeable members of allocated scalarsets: of each state the least image under all
 * permutations is kept. Shape of `states`: as `toyCheck` gives them. Cost: states times the product of factorials; sets of three or four.
 */
export function toyOrbits(system: TransitionSystem, states: ReadonlySet<string>): number {
  const places = [...initialState(system).keys()].map((at) => ({ at, ...membersOf(system, at) }))
  const renamings = allRenamings(system)
  const representatives = new Set<string>()
  for (const state of states) {
    const values = JSON.parse(state) as readonly number[]
    const images = renamings.map((rename) => {
      const image = new Map(
        places.map(({ variable, indices }, slot) => [
          key(
            variable.name,
            indices.map((index, i) => rename(variable.indexedBy[i], index)),
          ),
          rename(variable.domain, values[slot] ?? Number.NaN),
        ]),
      )
      return JSON.stringify(places.map(({ at }) => image.get(at)))
    })
    representatives.add(images.reduce((least, image) => (image < least ? image : least)))
  }
  return representatives.size
}

type Renaming = (domain: Domain | undefined, value: number) => number

/** Every way to rename members, all allocated scalarsets at once. */
function allRenamings(system: TransitionSystem): readonly Renaming[] {
  let renamings: readonly Renaming[] = [(_, value) => value]
  for (const { domain } of system.allocations) {
    if (domain.kind !== 'scalarset') continue
    const others = expand(domain).filter((member) => member >= domain.distinguished.length)
    renamings = renamings.flatMap((rename) =>
      permutations(others).map(
        (images): Renaming =>
          (each, value) => {
            const isThis = each?.kind === 'scalarset' && each.name === domain.name
            return isThis ? (images[others.indexOf(value)] ?? value) : rename(each, value)
          },
      ),
    )
  }
  return renamings
}

function permutations(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length === 0) return [[]]
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]))
}
