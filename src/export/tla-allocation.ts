import { InternalError } from '../foundation/diagnostic.ts'
import { isSameScalarset } from '../model/language/allocate.ts'
import { reusableMember } from '../model/language/transition-system.ts'
import type { Variable } from '../model/language/variable.ts'
import { commentText } from './comment-text.ts'
import { operandOf, textOf } from './expression-text.ts'
import type { Identifiers } from './identifiers.ts'
import { sections } from './lines.ts'
import type { PreparedModel } from './prepare.ts'
import type { References } from './references.ts'
import { isFalse } from './simplify.ts'
import { memberSet, tlaStyle } from './tla-style.ts'

/** What an allocation needs names for. */
function allocationNames(
  names: Identifiers,
  { allocation: { domain } }: References,
): { readonly scalarset: string; readonly inUse: string; readonly fresh: string } {
  const scalarset = 'name' in domain ? domain.name : domain.kind
  return { scalarset, inUse: names.of('in use', `${scalarset} in use`), fresh: names.of('fresh', `fresh ${scalarset}`) }
}

/** Operators that say which members are in use, which is the lowest that is not, and what a state is without forgotten ones. */
export function collection(model: PreparedModel, names: Identifiers): readonly string[] {
  if (model.references.length === 0) return []
  return sections([
    ...model.references.map((references) => using(names, references)),
    ...model.references.map((references) => finding(names, references)),
    [
      '\\* Everything that belongs to a forgotten identity has its initial value again, until nothing changes.',
      'RECURSIVE Collected(_)',
      'Collected(s) ==',
      ...model.references.flatMap((references, i) => resetting(model, names, references, i)),
      `  IN IF ${stage(model.references.length)} = s THEN s ELSE Collected(${stage(model.references.length)})`,
    ],
  ])
}

function using(names: Identifiers, references: References): readonly string[] {
  const { scalarset, inUse } = allocationNames(names, references)
  const { allocation, unusable, firstInterchangeable, roots, inner } = references
  const style = tlaStyle(names, 's')
  const member = names.of('bound', reusableMember)
  const all = memberSet(allocation.domain, names)
  const distinguished = firstInterchangeable === 0 ? [] : [`${member} < ${firstInterchangeable}`]
  const always = [...distinguished, ...(isFalse(unusable) ? [] : [operandOf(unusable, style)])]
  const start = [
    `{${member} \\in ${all} : ${always.join(' \\/ ') || 'FALSE'}}`,
    ...(roots.length === 0 ? [] : [`{${roots.map((place) => textOf(place, style)).join(', ')}}`]),
  ]
  const says = `\\* Of ${commentText(scalarset)}: in use is what cannot be used again, and what something refers to.`
  const union = start.join('\n               \\cup ')
  if (inner.length === 0) return [says, `${inUse}(s) ==`, `  LET start == ${union}`, '  IN start']
  const closed = names.of('in use', `${scalarset} closed`)
  return [
    says,
    `RECURSIVE ${closed}(_, _)`,
    `${closed}(s, found) ==`,
    `  LET more == found \\cup UNION {{${inner.map((place) => textOf(place, style)).join(', ')}} : ${member} \\in found \\cap ${all}}`,
    `  IN IF more = found THEN found ELSE ${closed}(s, more)`,
    '',
    `${inUse}(s) ==`,
    `  LET start == ${union}`,
    `  IN ${closed}(s, start)`,
  ]
}

function finding(names: Identifiers, references: References): readonly string[] {
  const { scalarset, inUse, fresh } = allocationNames(names, references)
  return [
    `\\* The lowest ${commentText(scalarset)} that is not in use.`,
    `${fresh} ==`,
    `  LET free == (${references.firstInterchangeable}..${references.last}) \\ ${inUse}(state)`,
    `  IN IF free = {} THEN Assert(FALSE, "every ${quotable(scalarset)} is in use") ELSE CHOOSE more \\in free : \\A other \\in free : more <= other`,
  ]
}

/** Text for a string of TLA+. */
export function quotable(text: string): string {
  return commentText(text)
}

/** Name of the state after so many of the resettings; the one before them all is the argument. */
function stage(count: number): string {
  return count === 0 ? 's' : `s_${count}`
}

function resetting(model: PreparedModel, names: Identifiers, references: References, position: number): readonly string[] {
  const { inUse } = allocationNames(names, references)
  const { domain } = references.allocation
  const before = stage(position)
  const arrays = model.system.variables.filter(({ indexedBy }) => indexedBy.some((index) => isSameScalarset(index, domain)))
  const forgotten = names.of('own', `forgotten ${position + 1}`)
  const fields = arrays.map(
    (variable, i) => `${fieldText(variable, references, { before, forgotten, names })}${i === arrays.length - 1 ? ']' : ','}`,
  )
  return [
    `  ${position === 0 ? 'LET' : '   '} ${forgotten} == (${references.firstInterchangeable}..${references.last}) \\ ${inUse}(${before})`,
    `      ${stage(position + 1)} == ${fields.length === 0 ? before : `[${before} EXCEPT`}`,
    ...fields.map((field) => `        ${field}`),
  ]
}

interface Resetting {
  readonly before: string
  readonly forgotten: string
  readonly names: Identifiers
}

function fieldText(variable: Variable, { allocation: { domain } }: References, { before, forgotten, names }: Resetting): string {
  const field = names.of('variable', variable.name)
  const indices = variable.indexedBy.map((_, i) => names.of('own', `i${i + 1}`))
  const isForgotten = variable.indexedBy
    .flatMap((index, i) => (isSameScalarset(index, domain) ? [`${indices[i] ?? missing(variable)} \\in ${forgotten}`] : []))
    .join(' \\/ ')
  const place = `.${field}${indices.map((index) => `[${index}]`).join('')}`
  const value = `IF ${isForgotten} THEN Initial${place} ELSE ${before}${place}`
  const text = [...variable.indexedBy.entries()]
    .reverse()
    .reduce((inner, [i, index]) => `[${indices[i] ?? missing(variable)} \\in ${memberSet(index, names)} |-> ${inner}]`, value)
  return `!.${field} = ${text}`
}

function missing(variable: Variable): never {
  throw new InternalError('MC901', `an index of "${variable.name}" has no name`)
}
