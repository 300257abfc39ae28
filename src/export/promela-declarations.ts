import type { Domain } from '../model/language/domain.ts'
import { highestValue, lowestValue } from '../model/language/domain.ts'
import { elementCount } from '../model/language/state.ts'
import type { Variable } from '../model/language/variable.ts'
import { commentText } from './comment-text.ts'
import type { Identifiers } from './identifiers.ts'
import type { PreparedModel } from './prepare.ts'
import { promelaStyle } from './promela-style.ts'
import { memberNames, namedDomains } from './vocabulary.ts'

/** So many values has a `short`. */
const shortWrap = 65_536

/** Bytes of each type of Promela in a state vector. */
const bytes = Object.freeze({ bool: 1, byte: 1, short: 2, int: 4 })

/** Names of members, `none`, and the macros that check several indices at once. */
export function constants(model: PreparedModel, names: Identifiers): readonly string[] {
  const lines = [`#define ${names.of('own', 'none')} (-1)`]
  for (const domain of namedDomains(model)) {
    lines.push('', `/* ${commentText(domain.name)} */`)
    for (const [value, name] of memberNames(names, domain).entries()) lines.push(`#define ${name} ${value}`)
  }
  const dimensions = [...new Set(model.system.variables.map(({ indexedBy }) => indexedBy.length))].filter((count) => count > 0).sort()
  if (dimensions.length === 0) return lines
  const says = '/* The place of an element among all, or -1, which SPIN reports, where an index is not among its members. */'
  return [...lines, '', says, ...dimensions.map(placeMacro)]
}

/** One declaration for each variable; nothing else is part of a state. */
export function variables(model: PreparedModel, names: Identifiers): readonly string[] {
  return model.system.variables.flatMap((variable) => {
    const says = variable.says === variable.name ? variable.name : `${variable.name}: ${variable.says}`
    return [
      `/* ${commentText(says)} */`,
      `${declaration(variable, names.of('variable', variable.name))}${initialText(variable, model, names)}`,
    ]
  })
}

/** What is needed within a step only: SPIN leaves `hidden` variables out of its states. */
export function hiddenVariables(model: PreparedModel, names: Identifiers): readonly string[] {
  const lines: string[] = []
  if (model.references.length > 0) lines.push(`hidden short ${names.of('own', 'member')};`, `hidden byte ${names.of('own', 'changed')};`)
  for (const { allocation, last } of model.references) {
    const name = 'name' in allocation.domain ? allocation.domain.name : allocation.domain.kind
    lines.push(
      `hidden short ${names.of('fresh', `fresh ${name}`)};`,
      `hidden byte ${names.of('in use', `${name} in use`)}[${last + 2}];  /* at member + 1 */`,
    )
  }
  const copied = new Set(model.actions.flatMap(({ forbidden }) => forbidden.flatMap((each) => (each.speaksOfAfter ? each.copied : []))))
  for (const variable of model.system.variables) {
    if (!copied.has(variable.name)) continue
    // "bool" cannot be hidden.
    lines.push(`hidden ${declaration(variable, names.of('copy', `before ${variable.name}`)).replace(/^bool/, 'byte')};`)
  }
  const kept = Math.max(0, ...model.actions.map(({ assignments }) => assignments.length))
  for (let i = 0; i < kept; i++) {
    if (model.actions.some(({ assignments }) => assignments[i]?.valueIsKept === true))
      lines.push(`hidden int ${names.of('kept value', `kept value ${i + 1}`)};`)
    const most = Math.max(
      0,
      ...model.actions.map(({ assignments }) =>
        assignments[i]?.indicesAreKept === true ? (assignments[i]?.target.indices.length ?? 0) : 0,
      ),
    )
    for (let k = 0; k < most; k++) lines.push(`hidden int ${names.of('kept index', `kept index ${i + 1} ${k + 1}`)};`)
  }
  const properties = [...model.invariants.map(({ property }) => property), ...model.forbidden]
  const promises = properties.map(({ name, says }) => [`/* ${commentText(says)} */`, `hidden byte ${names.of('property', name)};`])
  return [
    ...(lines.length === 0 ? [] : ['/* Used within a step, and no part of a state. */', ...lines]),
    ...(promises.length === 0
      ? []
      : ['', '/* Always 0: each names the property in the message of an assertion that fails. */', ...promises.flat()]),
  ]
}

/** Bytes of a state vector at most, with what SPIN adds. */
export function vectorBytes(model: PreparedModel): number {
  const own = model.system.variables.map((variable) => bytes[typeOf(variable.domain)] * Math.max(2, elementCount(variable.indexedBy)))
  return own.reduce((sum, size) => sum + size, 0) + 4 * model.system.variables.length + 64
}

function placeMacro(count: number): string {
  const letters = ['i', 'j', 'k', 'l', 'm', 'n', 'o', 'p']
  const indices = Array.from({ length: count }, (_, i) => letters[i] ?? `i${i}`)
  const inside = indices.map((index) => `0 <= (${index}) && (${index}) < (${index}_size)`).join(' && ')
  const place = indices.reduce((text, index, i) => (i === 0 ? `(${index})` : `(${text}) * (${index}_size) + (${index})`), '')
  return `#define at_${count}(${indices.flatMap((index) => [index, `${index}_size`]).join(', ')}) ((${inside}) -> ${place} : -1)`
}

function typeOf(domain: Domain): keyof typeof bytes {
  if (domain.kind === 'boolean') return 'bool'
  const [lowest, highest] = [lowestValue(domain), highestValue(domain)]
  if (lowest >= 0 && highest <= 255) return 'byte'
  return lowest >= -32_768 && highest <= 32_767 ? 'short' : 'int'
}

/** An array of one element is declared with two: SPIN takes it for a plain variable otherwise, and checks no index. */
function declaration({ domain, indexedBy }: Variable, name: string): string {
  const size = indexedBy.length === 0 ? '' : `[${Math.max(2, elementCount(indexedBy))}]`
  return `${typeOf(domain)} ${name}${size}`
}

/** A list of initial values takes no negative number, so the one that a `short` wraps to it stands there. */
function initialText(variable: Variable, model: PreparedModel, names: Identifiers): string {
  const { literal } = promelaStyle(model, names)
  const text = (value: number): string => literal(variable.domain, value)
  const [first = 0] = variable.initial
  if (variable.initial.every((value) => value === first)) return ` = ${text(first)};`
  const values = variable.initial.map((value) => (value < 0 ? String(value + shortWrap) : text(value)))
  const remark = variable.initial.some((value) => value < 0) ? `  /* ${shortWrap - 1} is -1 in a short */` : ''
  return ` = { ${values.join(', ')} };${remark}`
}

/** Whether its initial values cannot be written: unlike ones, a negative one among them, in more than a `short` holds. */
export function isUnwritable(variable: Variable): boolean {
  const isUnlike = variable.initial.some((value) => value !== variable.initial[0])
  return isUnlike && variable.initial.some((value) => value < 0) && typeOf(variable.domain) === 'int'
}
