import { reusableMember } from '../model/language/transition-system.ts'
import { commentText } from './comment-text.ts'
import { operandOf, textOf } from './expression-text.ts'
import type { Identifiers } from './identifiers.ts'
import { indent, sections } from './lines.ts'
import { murphiStyle } from './murphi-style.ts'
import type { PreparedModel } from './prepare.ts'
import type { References } from './references.ts'
import { isFalse } from './simplify.ts'
import { unroll } from './unroll.ts'

/** What an allocation needs names for. */
interface AllocationNames {
  readonly scalarset: string
  readonly flags: string
  readonly mark: string
  readonly find: string
  readonly fresh: string
}

export function allocationNames(names: Identifiers, { allocation: { domain } }: References): AllocationNames {
  const scalarset = 'name' in domain ? domain.name : domain.kind
  return {
    scalarset,
    fresh: names.of('fresh', `fresh ${scalarset}`),
    flags: names.of('flags', `flags of ${scalarset}`),
    mark: names.of('mark', `mark ${scalarset} in use`),
    find: names.of('find', `lowest free ${scalarset}`),
  }
}

/** Types of the sets that the procedures work with: a flag for each member, and one for none, which nobody asks. */
export function flagTypes(model: PreparedModel, names: Identifiers): readonly string[] {
  return model.references.map((references) => `${allocationNames(names, references).flags}: array [-1..${references.last}] of boolean;`)
}

/** The procedures that find out which members are in use, find the lowest that is not, and reset what belongs to forgotten ones. */
export function collection(model: PreparedModel, names: Identifiers): readonly string[] {
  if (model.references.length === 0) return []
  const changed = names.of('own', 'changed')
  return sections([
    ...model.references.map((references) => marking(names, references)),
    ...model.references.map((references) => finding(names, references)),
    [
      '-- Gives everything that belongs to a forgotten identity its initial value again, until nothing changes.',
      `procedure ${names.of('own', 'collect forgotten')}();`,
      'var',
      `  ${changed}: boolean;`,
      ...model.references.map(
        (references) =>
          `  ${names.of('in use', `${allocationNames(names, references).scalarset} in use`)}: ${allocationNames(names, references).flags};`,
      ),
      'begin',
      `  ${changed} := true;`,
      `  while ${changed} do`,
      `    ${changed} := false;`,
      ...indent(
        model.references.flatMap((references) => resetting(names, references)),
        4,
      ),
      '  end;',
      'end;',
    ],
  ])
}

function marking(names: Identifiers, references: References): readonly string[] {
  const { mark, flags, scalarset } = allocationNames(names, references)
  const { unusable, firstInterchangeable, last, roots, inner } = references
  const style = murphiStyle(names)
  const member = names.of('bound', reusableMember)
  const [inUse, changed] = [names.of('own', 'in use'), names.of('own', 'changed')]
  const distinguished = firstInterchangeable === 0 ? [] : [`${member} < ${firstInterchangeable}`]
  const always = [...distinguished, ...(isFalse(unusable) ? [] : [operandOf(unroll(unusable, ['count']), style)])]
  const spread = inner.map((place) => {
    const at = `${inUse}[${textOf(place, style)}]`
    return [`if ${inUse}[${member}] & !${at} then ${at} := true; ${changed} := true; end;`]
  })
  return [
    `-- Of ${commentText(scalarset)}: in use is what cannot be used again, and what something refers to.`,
    `procedure ${mark}(var ${inUse}: ${flags});`,
    ...(inner.length === 0 ? [] : ['var', `  ${changed}: boolean;`]),
    'begin',
    `  ${inUse}[-1] := false;`,
    `  for ${member}: 0..${last} do`,
    `    ${inUse}[${member}] := ${always.join(' | ') || 'false'};`,
    '  end;',
    ...roots.map((place) => `  ${inUse}[${textOf(place, style)}] := true;`),
    // None refers to nothing.
    `  ${inUse}[-1] := false;`,
    ...(inner.length === 0
      ? []
      : [
          `  ${changed} := true;`,
          `  while ${changed} do`,
          `    ${changed} := false;`,
          `    for ${member}: 0..${last} do`,
          ...indent(spread.flat(), 6),
          '    end;',
          '  end;',
        ]),
    'end;',
  ]
}

function finding(names: Identifiers, references: References): readonly string[] {
  const { mark, find, flags, scalarset } = allocationNames(names, references)
  const [member, inUse] = [names.of('bound', reusableMember), names.of('own', 'in use')]
  return [
    `-- The lowest ${commentText(scalarset)} that is not in use, or none.`,
    `function ${find}(): -1..${references.last};`,
    'var',
    `  ${inUse}: ${flags};`,
    'begin',
    `  ${mark}(${inUse});`,
    `  for ${member}: ${references.firstInterchangeable}..${references.last} do`,
    `    if !${inUse}[${member}] then return ${member}; end;`,
    '  end;',
    '  return -1;',
    'end;',
  ]
}

function resetting(names: Identifiers, references: References): readonly string[] {
  const { mark, scalarset } = allocationNames(names, references)
  const style = murphiStyle(names)
  const [member, changed, inUse] = [
    names.of('bound', reusableMember),
    names.of('own', 'changed'),
    names.of('in use', `${scalarset} in use`),
  ]
  const resets = references.resets.map(({ target, initial }) => [textOf(target, style), textOf(initial, style)] as const)
  if (resets.length === 0) return []
  return [
    `${mark}(${inUse});`,
    `for ${member}: ${references.firstInterchangeable}..${references.last} do`,
    `  if !${inUse}[${member}] then`,
    ...resets.flatMap(([place, initial]) => [`    if ${place} != ${initial} then ${changed} := true; end;`, `    ${place} := ${initial};`]),
    '  end;',
    'end;',
  ]
}
