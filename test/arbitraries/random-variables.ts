import type { Domain } from '../../src/model/language/domain.ts'
import {
  boolean,
  contains,
  enumeration,
  firstMember,
  highestValue,
  lowestValue,
  memberCount,
  none,
  orNone,
  range,
  scalarset,
} from '../../src/model/language/domain.ts'
import { elementCount, indicesOf } from '../../src/model/language/state.ts'
import type { Variable } from '../../src/model/language/variable.ts'
import type { Choices } from './choices.ts'

/** No system may have more combinations of values than this, reachable or not. */
const mostCombinations = 5_000

/** The domains a random system is made of. */
export interface RandomDomains {
  readonly colour: Domain
  /** Fixed identities, one for each process. */
  readonly thread: Domain
  /** The allocated scalarset, if there is one. */
  readonly cell: Domain | undefined
  readonly number: Domain
}

export function randomDomains(choices: Choices): RandomDomains {
  const distinguished = choices.chance(40) ? ['main'] : []
  const lowest = choices.oneOf([0, 0, 1, -1])
  return {
    colour: enumeration('colour', choices.chance(50) ? ['red', 'green', 'blue'] : ['red', 'green']),
    thread: scalarset('thread', { interchangeable: 2 }),
    cell: choices.chance(45) ? scalarset('cell', { distinguished, interchangeable: choices.oneOf([2, 3, 3]) }) : undefined,
    number: range(lowest, lowest + choices.oneOf([2, 3, 1, 4])),
  }
}

/** One to four variables; where cells are allocated, the first can hold one. */
export function randomVariables(choices: Choices, domains: RandomDomains): readonly Variable[] {
  const variables: Variable[] = []
  const size = choices.oneOf([4, 4, 3, 4, 4, 4, 3, 2, 4, 1])
  let combinations = 1
  for (let i = 0; i < size; i++) {
    const wanted = randomVariable(choices, domains, i)
    const plain = { ...wanted, indexedBy: [], initial: wanted.initial.slice(0, 1) }
    const variable = [wanted, plain].find((each) => combinations * combinationsOf(each) <= mostCombinations)
    if (variable === undefined) continue
    combinations *= combinationsOf(variable)
    variables.push(variable)
  }
  return variables
}

function randomVariable(choices: Choices, domains: RandomDomains, position: number): Variable {
  const { colour, thread, cell, number } = domains
  const cells = cell === undefined ? [] : [orNone(cell)]
  const all = [boolean, number, colour, orNone(colour), number, thread, orNone(thread), number, orNone(colour), ...cells, ...cells]
  const domain = position === 0 && cell !== undefined ? orNone(cell) : choices.oneOf(all)
  const indexedBy = randomIndices(choices, domains, position)
  const role = position > 0 && choices.chance(25) ? 'monitor' : choices.oneOf(['shared', 'local', 'control'] as const)
  const name = `${role === 'monitor' ? 'monitor' : 'variable'}${position + 1}`
  return { name, domain, indexedBy, initial: randomInitial(choices, domain, indexedBy, cell), role, says: name }
}

function randomIndices(choices: Choices, { colour, thread, cell, number }: RandomDomains, position: number): readonly Domain[] {
  if (cell !== undefined && position < 2) return position === 0 ? [] : [cell]
  const cells = cell === undefined ? [] : [[cell]]
  return choices.oneOf<readonly Domain[]>([[], [], [], [thread], [], [colour], [number], [boolean], [thread, boolean], ...cells])
}

/** Any value for each element; alike for the cells, and no cell in an array of cells, for these are interchangeable. */
function randomInitial(choices: Choices, domain: Domain, indexedBy: readonly Domain[], cell: Domain | undefined): readonly number[] {
  const isCell = (each: Domain): boolean => each.kind === 'scalarset' && each.name === 'cell'
  const isOfCells = cell !== undefined && indexedBy.some(isCell)
  const common = randomValue(choices, domain, isOfCells || isCell(domain))
  const hasMain = cell?.kind === 'scalarset' && cell.distinguished.length > 0
  return Array.from({ length: elementCount(indexedBy) }, (_, element) => {
    const isMain = hasMain && indicesOf(indexedBy, element).some((index, i) => index === 0 && isCell(indexedBy[i] ?? domain))
    return isOfCells && !isMain ? common : randomValue(choices, domain, isCell(domain))
  })
}

function randomValue(choices: Choices, domain: Domain, isNameless: boolean): number {
  if (isNameless && domain.kind === 'scalarset' && domain.name === 'cell') {
    return choices.oneOf([none, ...domain.distinguished.keys()].filter((value) => contains(domain, value)))
  }
  return choices.below(2) === 0 ? firstMember(domain) : lowestValue(domain) + choices.below(highestValue(domain) - lowestValue(domain) + 1)
}

function combinationsOf({ domain, indexedBy }: Variable): number {
  return (memberCount(domain) + (lowestValue(domain) === none ? 1 : 0)) ** elementCount(indexedBy)
}
