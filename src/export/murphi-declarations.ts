import { InternalError } from '../foundation/diagnostic.ts'
import type { Domain } from '../model/language/domain.ts'
import { firstMember } from '../model/language/domain.ts'
import { indicesOf } from '../model/language/state.ts'
import type { Variable } from '../model/language/variable.ts'
import { commentText } from './comment-text.ts'
import type { Identifiers } from './identifiers.ts'
import { indent } from './lines.ts'
import { memberType, murphiStyle, valueType } from './murphi-style.ts'
import type { PreparedModel } from './prepare.ts'

/** One declaration for each variable; nothing else is part of a state. */
export function variables(model: PreparedModel, names: Identifiers): readonly string[] {
  return model.system.variables.flatMap((variable) => {
    const says = variable.says === variable.name ? variable.name : `${variable.name}: ${variable.says}`
    return [`-- ${commentText(says)}`, `${names.of('variable', variable.name)}: ${typeOf(variable, names)};`]
  })
}

export function typeOf({ domain, indexedBy }: Variable, names: Identifiers): string {
  return indexedBy.map((index) => `array [${memberType(index, names)}] of `).join('') + valueType(domain, names)
}

export function startState(model: PreparedModel, names: Identifiers): readonly string[] {
  return ['startstate "initial"', 'begin', ...indent(model.system.variables.flatMap((variable) => initialLines(variable, names))), 'end;']
}

function initialLines(variable: Variable, names: Identifiers): readonly string[] {
  const { literal } = murphiStyle(names)
  const name = names.of('variable', variable.name)
  const [first = 0] = variable.initial
  if (variable.indexedBy.length > 0 && variable.initial.every((value) => value === first)) {
    const loops = variable.indexedBy.map((index, i) => [names.of('own', `each ${i + 1}`), memberType(index, names)] as const)
    const begin = loops.map(([loop, type]) => `for ${loop}: ${type} do `).join('')
    const place = loops.map(([loop]) => `[${loop}]`).join('')
    return [`${begin}${name}${place} := ${literal(variable.domain, first)};${' end;'.repeat(loops.length)}`]
  }
  return variable.initial.map((value, element) => {
    const indices = indicesOf(variable.indexedBy, element).map((index, i) => `[${literal(indexDomain(variable, i), index)}]`)
    return `${name}${indices.join('')} := ${literal(variable.domain, value)};`
  })
}

function indexDomain({ name, indexedBy }: Variable, i: number): Domain {
  const domain = indexedBy[i]
  if (domain === undefined) throw new InternalError('MC901', `"${name}" has no index ${i}, from ${firstMember({ kind: 'boolean' })}`)
  return domain
}
