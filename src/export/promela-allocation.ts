import { reusableMember } from '../model/language/transition-system.ts'
import { commentText } from './comment-text.ts'
import { operandOf, textOf } from './expression-text.ts'
import type { Identifiers } from './identifiers.ts'
import { indent, sections } from './lines.ts'
import type { PreparedModel } from './prepare.ts'
import { promelaStyle } from './promela-style.ts'
import type { References } from './references.ts'
import { isFalse } from './simplify.ts'
import { unroll } from './unroll.ts'

/** What an allocation needs names for. */
export function allocationNames(
  names: Identifiers,
  { allocation: { domain } }: References,
): Record<'scalarset' | 'inUse' | 'fresh' | 'mark' | 'find', string> {
  const name = 'name' in domain ? domain.name : domain.kind
  names.of('own', reusableMember)
  return {
    scalarset: name,
    inUse: names.of('in use', `${name} in use`),
    fresh: names.of('fresh', `fresh ${name}`),
    mark: names.of('mark', `mark ${name} in use`),
    find: names.of('find', `find fresh ${name}`),
  }
}

/** The procedures that find out which members are in use, find the lowest that is not, and reset what belongs to forgotten ones. */
export function collection(model: PreparedModel, names: Identifiers): readonly string[] {
  if (model.references.length === 0) return []
  const changed = names.of('own', 'changed')
  return sections([
    ...model.references.map((references) => marking(model, names, references)),
    ...model.references.map((references) => finding(names, references)),
    [
      '/* Gives everything that belongs to a forgotten identity its initial value again, until nothing changes. */',
      `inline ${names.of('own', 'collect forgotten')}() {`,
      `  ${changed} = 1;`,
      '  do',
      `  :: ${changed} ->`,
      `     ${changed} = 0;`,
      ...indent(
        model.references.flatMap((references) => resetting(model, names, references)),
        5,
      ),
      '  :: else -> break',
      '  od',
      '}',
    ],
  ])
}

function marking(model: PreparedModel, names: Identifiers, references: References): readonly string[] {
  const { mark, inUse, scalarset } = allocationNames(names, references)
  const { unusable, firstInterchangeable, last, roots, inner } = references
  const style = promelaStyle(model, names)
  const member = names.of('own', reusableMember)
  const changed = names.of('own', `${scalarset} spreads`)
  const distinguished = firstInterchangeable === 0 ? [] : [`${member} < ${firstInterchangeable}`]
  const always = [...distinguished, ...(isFalse(unusable) ? [] : [operandOf(unroll(unusable, ['exists', 'forAll', 'count']), style)])]
  const spread = inner.map((place) => {
    const at = `${inUse}[${textOf(place, style)} + 1]`
    return ['if', `:: ${inUse}[${member} + 1] && !${at} -> ${at} = 1; ${changed} = 1`, ':: else', 'fi;']
  })
  return [
    ...(inner.length === 0 ? [] : [`hidden byte ${changed};`, '']),
    `/* Of ${commentText(scalarset)}: in use is what cannot be used again, and what something refers to. */`,
    `inline ${mark}() {`,
    `  ${inUse}[0] = 0;`,
    `  for (${member} : 0 .. ${last}) {`,
    `    ${inUse}[${member} + 1] = (${always.join(' || ') || 'false'})`,
    '  };',
    ...roots.map((place) => `  ${inUse}[${textOf(place, style)} + 1] = 1;`),
    ...(inner.length === 0
      ? []
      : [
          `  ${changed} = 1;`,
          '  do',
          `  :: ${changed} ->`,
          `     ${changed} = 0;`,
          `     for (${member} : 0 .. ${last}) {`,
          ...indent(spread.flat(), 7),
          '     }',
          '  :: else -> break',
          '  od',
        ]),
    '}',
  ]
}

function finding(names: Identifiers, references: References): readonly string[] {
  const { mark, find, inUse, fresh, scalarset } = allocationNames(names, references)
  const [member, none] = [names.of('own', reusableMember), names.of('own', 'none')]
  return [
    `/* The lowest ${commentText(scalarset)} that is not in use, or none. */`,
    `inline ${find}() {`,
    `  ${mark}();`,
    `  ${fresh} = ${none};`,
    `  for (${member} : ${references.firstInterchangeable} .. ${references.last}) {`,
    '    if',
    `    :: ${fresh} == ${none} && !${inUse}[${member} + 1] -> ${fresh} = ${member}`,
    '    :: else',
    '    fi',
    '  }',
    '}',
  ]
}

function resetting(model: PreparedModel, names: Identifiers, references: References): readonly string[] {
  const { mark, inUse } = allocationNames(names, references)
  const style = promelaStyle(model, names)
  const [member, changed] = [names.of('own', reusableMember), names.of('own', 'changed')]
  const resets = references.resets.map(({ target, initial }) => [textOf(target, style), textOf(initial, style)] as const)
  if (resets.length === 0) return [`${mark}();`]
  return [
    `${mark}();`,
    `for (${member} : ${references.firstInterchangeable} .. ${references.last}) {`,
    '  if',
    `  :: !${inUse}[${member} + 1] ->`,
    ...resets.flatMap(([place, initial]) => [`     ${changed} = ${changed} || ${place} != ${initial};`, `     ${place} = ${initial};`]),
    '  :: else',
    '  fi',
    '};',
  ]
}
