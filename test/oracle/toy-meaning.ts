import type { Action } from '../../src/model/language/action.ts'
import type { Domain } from '../../src/model/language/domain.ts'
import type { Expression, Junction, Quantifier, Read } from '../../src/model/language/expression.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import type { ToyState } from './toy-state.ts'
import { expand, fail, key, membersOf } from './toy-state.ts'

export interface ToyScene {
  readonly system: TransitionSystem
  readonly state: ToyState
  readonly bound: ReadonlyMap<string, number>
  readonly after?: ToyState
  readonly action?: Action
}

/** Key of the element that is read or assigned. */
export function where(read: Read, scene: ToyScene): string {
  const indices = read.indices.map((index) => meaning(index, scene))
  const at = key(read.variable, indices)
  return scene.state.has(at) ? at : fail('MC111')
}

export function truth(formula: Expression, scene: ToyScene): boolean {
  return meaning(formula, scene) === 1
}

export function meaning(e: Expression, scene: ToyScene): number {
  switch (e.kind) {
    case 'literal':
      return e.value
    case 'read':
      return scene.state.get(where(e, scene)) ?? fail('read')
    case 'bound':
      return scene.bound.get(e.name) ?? fail('bound')
    case 'not':
      return 1 - meaning(e.operand, scene)
    case 'and':
    case 'or':
      return meaningOfJunction(e, scene)
    case 'equal':
      return Number(meaning(e.left, scene) === meaning(e.right, scene))
    case 'less':
      return Number(meaning(e.left, scene) < meaning(e.right, scene))
    case 'add':
      return meaning(e.left, scene) + meaning(e.right, scene)
    case 'subtract':
      return meaning(e.left, scene) - meaning(e.right, scene)
    case 'conditional':
      if (truth(e.condition, scene)) return meaning(e.then, scene)
      return meaning(e.otherwise, scene)
    case 'exists':
    case 'forAll':
    case 'count':
      return meaningOfQuantifier(e, scene)
    case 'after':
      return scene.after?.get(where(e.read, scene)) ?? fail('after')
    case 'actor':
      return scene.action?.process ?? fail('actor')
    case 'event':
      return Number(scene.action?.events.some((each) => each.name === e.name && truth(each.when, scene)) ?? false)
    case 'fresh':
      return freeMembers(scene, e.domain)[0] ?? fail('MC114')
  }
}

function meaningOfJunction({ kind, operands }: Junction, scene: ToyScene): number {
  const deciding = kind === 'or'
  for (const operand of operands) if (truth(operand, scene) === deciding) return Number(deciding)
  return Number(!deciding)
}

function meaningOfQuantifier({ kind, name, domain, body }: Quantifier, scene: ToyScene): number {
  let total = 0
  for (const member of expand(domain)) {
    const one = meaning(body, { ...scene, bound: new Map([...scene.bound, [name, member]]) })
    if (kind === 'exists' && one === 1) return 1
    if (kind === 'forAll' && one === 0) return 0
    total += one
  }
  return kind === 'count' ? total : Number(kind === 'forAll')
}

export function speaksOfTransition(e: Expression): boolean {
  return /"kind":"(after|actor|event)"/.test(JSON.stringify(e))
}

export function isAlike(left: Domain, right: Domain): boolean {
  return left.kind === 'scalarset' && right.kind === 'scalarset' && left.name === right.name
}

/** Interchangeable members that are reusable and to which no live element refers: garbage, found by crossing out what is not. */
export function freeMembers(scene: ToyScene, domain: Domain): readonly number[] {
  const { system, state } = scene
  if (domain.kind !== 'scalarset') return []
  const reusable = system.allocations.find((allocation) => isAlike(allocation.domain, domain))?.reusable ?? fail('allocation')
  let free = expand(domain)
    .filter((member) => member >= domain.distinguished.length)
    .filter((member) => truth(reusable, { ...scene, bound: new Map([['member', member]]) }))
  for (;;) {
    const referred = [...state].flatMap(([at, value]) => {
      const { variable, indices } = membersOf(system, at)
      if (!isAlike(variable.domain, domain)) return []
      const owners = indices.filter((_, i) => isAlike(variable.indexedBy[i] ?? domain, domain))
      return owners.length > 0 && owners.every((owner) => free.includes(owner)) ? [] : [value]
    })
    const rest = free.filter((member) => !referred.includes(member))
    if (rest.length === free.length) return free
    free = rest
  }
}
