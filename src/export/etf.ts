import type { Checked } from '../foundation/diagnostic.ts'
import { InternalError } from '../foundation/diagnostic.ts'
import { commentText } from './comment-text.ts'
import { etfSorts, etfVariables, unlistable } from './etf-sorts.ts'
import type { Table } from './etf-table.ts'
import type { TableLimits, Tables } from './etf-tables.ts'
import { tabulate, usualTableLimits } from './etf-tables.ts'
import { etfWords } from './etf-words.ts'
import type { ExportRequest } from './export-request.ts'
import { headerLines } from './header.ts'
import { Identifiers } from './identifiers.ts'
import { sections } from './lines.ts'
import type { PreparedModel } from './prepare.ts'
import { nameAll } from './vocabulary.ts'

/**
 * A whole file in the enumerated table format of LTSmin: for each action a table of what it does to the variables it depends on. Unlike other
 * targets it needs all reachable states for that. MC801 where the model goes wrong or cannot be listed, MC803 where it is too large.
 * Source: LTSmin, etf(5), and its grammar.
 */
export function etfText(model: PreparedModel, request: ExportRequest, limits: TableLimits = usualTableLimits): Checked<string> {
  const refused = unlistable(model)
  if (refused.length > 0) return { ok: false, diagnostics: refused }
  const tabulated = tabulate(model, limits)
  if (!tabulated.ok) return tabulated
  const { expects } = request.about
  if (expects.kind === 'counted' && expects.states !== tabulated.value.states) {
    throw new InternalError('MC901', `${tabulated.value.states} states were tabulated where ${expects.states} were counted`)
  }
  const names = new Identifiers(etfWords)
  names.of('own', 'none')
  nameAll(names, model)
  const comment = header(model, request, names).map((line) => (line === '' ? '%' : `% ${line}`))
  const lines = sections([comment, ...body(model, tabulated.value, names)])
  return { ok: true, value: `${lines.join('\n')}\n` }
}

function header(model: PreparedModel, { about, fileName, properties }: ExportRequest, names: Identifiers): readonly string[] {
  return headerLines(about, {
    written: 'For LTSmin: a table for each action of the model, over the variables that it depends on or changes, and no others.',
    commands: [
      `etf2lts-seq ${fileName}.etf      # counts states; etf2lts-sym does so symbolically`,
      ...(model.isDeadlockJudged ? [`etf2lts-seq --deadlock ${fileName}.etf`] : []),
      ...model.invariants.map(
        ({ property }) => `etf2lts-seq --invariant='${names.of('property', property.name)} == "true"' ${fileName}.etf`,
      ),
      ...model.forbidden.map(({ name }) => `etf2lts-seq --action=${violation(name, names)} ${fileName}.etf`),
    ],
    properties,
    unsaid: model.unsaid,
  })
}

/** Name of a transition that a property forbids: it is there a second time under this name, and changes the number of transitions only. */
function violation(property: string, names: Identifiers): string {
  return names.of('violation', `violates ${property}`)
}

/** Sections, each with its comment. */
function body(model: PreparedModel, tables: Tables, names: Identifiers): readonly (readonly string[])[] {
  const variables = etfVariables(model, names)
  const width = variables.length
  const labels = new Labels()
  const steps = [
    ...tables.actions.map(({ prepared: { action }, table }) =>
      steppings(action.name, table, { width, label: labels.of(names.of('action', action.name)) }),
    ),
    ...tables.violations.map(({ property, prepared: { action }, table }) =>
      steppings(`${action.name}, where it violates ${property.name}`, table, { width, label: labels.of(violation(property.name, names)) }),
    ),
    ...(model.isDeadlockJudged
      ? [steppings('Stopping here is intended, so it is no deadlock.', tables.final, { width, label: labels.of(names.of('own', 'rests')) })]
      : []),
  ]
  return [
    section(
      'state',
      variables.map(({ name, sort }) => `${name}:${sort}`),
    ),
    section('edge', ['action:action']),
    ...[...etfSorts(variables, names)].map(([sort, values]) => section(`sort ${sort}`, values.map(quoted))),
    section('sort action', labels.all.map(quoted)),
    section('init', [variables.map(({ initial }) => initial).join(' ')]),
    ...steps,
    ...tables.invariants.map(({ property, table }) => [
      `% ${commentText(property.says)}`,
      ...section(`map ${names.of('property', property.name)}:${names.of('sort', 'truth')}`, truths(table, width)),
    ]),
  ]
}

/** Names of edges, numbered as they are asked for. */
class Labels {
  readonly #numbers = new Map<string, number>()

  of(label: string): number {
    const number = this.#numbers.get(label) ?? this.#numbers.size
    this.#numbers.set(label, number)
    return number
  }

  get all(): readonly string[] {
    return [...this.#numbers.keys()]
  }
}

/** LTSmin reads the first word after "begin" and "end": what else is there belongs to the section. */
function section(kind: string, lines: readonly string[]): readonly string[] {
  return [`begin ${kind}`, ...lines, `end ${kind.split(' ')[0]}`]
}

function quoted(value: string): string {
  return `"${value}"`
}

interface Columns {
  readonly width: number
  /** Number of the edge's name. */
  readonly label: number
}

/** LTSmin takes a section without rows for a mistake, or skips it: an action that never happens has a comment only. */
function steppings(title: string, table: Table, { width, label }: Columns): readonly string[] {
  if (table.rows.size === 0) return [`% ${commentText(title)}: never`]
  const rows = [...table.rows].map(([from, to]) => {
    const cells = cellsOf(table, width, (i) => `${from.charCodeAt(i)}/${to.charCodeAt(i)}`)
    return `${cells} ${label}`
  })
  return [`% ${commentText(title)}`, ...section('trans', rows)]
}

function truths(table: Table, width: number): readonly string[] {
  return [...table.rows].map(([from, to]) => `${cellsOf(table, width, (i) => String(from.charCodeAt(i)))} ${to.charCodeAt(0)}`)
}

/** A row over all variables, "*" for those that are not in the table. */
function cellsOf({ slots }: Table, width: number, cell: (position: number) => string): string {
  const cells = new Array<string>(width).fill('*')
  for (const [position, slot] of slots.entries()) cells[slot] = cell(position)
  return cells.join(' ')
}
