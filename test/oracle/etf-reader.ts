/**
 * LTSmin's enumerated table format, read a second time from its description (etf(5) and the grammar of its parser), sharing no code with the
 * toolkit. Strict: what LTSmin stops at, and what it silently takes otherwise than written, is an error with its line.
 */
export interface EtfModel {
  /** Sort of every variable, in order. */
  readonly variables: readonly { readonly name: string; readonly sort: string }[]
  /** Names of the values of every sort, by their numbers. */
  readonly sorts: ReadonlyMap<string, readonly string[]>
  readonly initial: readonly number[]
  readonly relations: readonly EtfRelation[]
  readonly labels: readonly EtfLabel[]
}

/** One trans section. */
export interface EtfRelation {
  readonly columns: readonly number[]
  /** Values of the columns before, to what may come of them: pairs of values after and the name of the edge. */
  readonly steps: ReadonlyMap<string, readonly { readonly after: readonly number[]; readonly edge: string }[]>
}

/** One map section. */
export interface EtfLabel {
  readonly name: string
  readonly columns: readonly number[]
  readonly values: ReadonlyMap<string, string>
}

interface Section {
  readonly kind: string
  readonly rest: string
  readonly lines: readonly { readonly text: string; readonly number: number }[]
}

const identifier = /^_*[A-Za-z][A-Za-z0-9_']*$/
const keywords = ['begin', 'end', 'state', 'edge', 'init', 'trans', 'sort', 'map']

export function readEtf(text: string): EtfModel {
  const sections = sectionsOf(text)
  const [state, edge, ...others] = sections
  if (state?.kind !== 'state' || edge?.kind !== 'edge') throw new Error('expected a state section, then an edge section')
  const variables = state.lines.map(({ text: line, number }) => declarationOf(line, number))
  if (variables.length === 0) throw new Error('expected at least one variable')
  const edges = edge.lines.map(({ text: line, number }) => declarationOf(line, number))
  if (edges.length !== 1) throw new Error('expected one edge label')
  const sorts = new Map<string, readonly string[]>()
  for (const section of others) if (section.kind === 'sort') readSort(section, sorts)
  const inits = others.filter(({ kind }) => kind === 'init')
  if (inits.length !== 1) throw new Error(`found ${inits.length} init sections; expected one`)
  const initial = (inits[0]?.lines ?? []).flatMap(({ text: line, number }) => line.split(/\s+/).map((word) => numberOf(word, number)))
  checkState(initial, variables, sorts)
  const edgeNames = sorts.get(edges[0]?.sort ?? '') ?? []
  return {
    variables,
    sorts,
    initial,
    relations: others.filter(({ kind }) => kind === 'trans').map((section) => relationOf(section, { variables, sorts, edgeNames })),
    labels: others.filter(({ kind }) => kind === 'map').map((section) => labelOf(section, { variables, sorts })),
  }
}

/** Comments end with their line. */
function sectionsOf(text: string): readonly Section[] {
  const sections: Section[] = []
  let open: { kind: string; rest: string; lines: { text: string; number: number }[] } | undefined
  for (const [index, written] of text.split('\n').entries()) {
    const line = written.replace(/%.*/, '').trim()
    if (line === '') continue
    const [, begins, rest = ''] = /^begin (\w+)\s*(.*)$/.exec(line) ?? []
    const ends = /^end (\w+)$/.exec(line)?.[1]
    if (begins !== undefined && open === undefined) open = { kind: begins, rest, lines: [] }
    else if (ends !== undefined && ends === open?.kind) {
      sections.push(open)
      open = undefined
    } else if (open !== undefined && begins === undefined && ends === undefined) open.lines.push({ text: line, number: index + 1 })
    else throw new Error(`line ${index + 1}: found "${line}"`)
  }
  if (open !== undefined) throw new Error(`the ${open.kind} section does not end`)
  return sections
}

function declarationOf(line: string, number: number): { readonly name: string; readonly sort: string } {
  const [name = '', sort = '', ...more] = line.split(':')
  const isName = (word: string): boolean => identifier.test(word) && !keywords.includes(word)
  if (!isName(name) || !isName(sort) || more.length > 0) throw new Error(`line ${number}: "${line}" is no declaration`)
  return { name, sort }
}

function readSort({ rest, lines }: Section, sorts: Map<string, readonly string[]>): void {
  const values = lines.map(({ text, number }) => {
    const value = /^"([ !#-[\]-~]*)"$/.exec(text)?.[1]
    if (value === undefined) throw new Error(`line ${number}: ${text} is no value`)
    return value
  })
  if (!identifier.test(rest) || keywords.includes(rest) || sorts.has(rest)) throw new Error(`found a sort "${rest}"; expected a new name`)
  if (new Set(values).size < values.length) throw new Error(`a value of ${rest} is there twice`)
  sorts.set(rest, values)
}

function numberOf(word: string, line: number): number {
  if (!/^\d+$/.test(word)) throw new Error(`line ${line}: "${word}" is no number`)
  return Number(word)
}

interface Vocabulary {
  readonly variables: EtfModel['variables']
  readonly sorts: EtfModel['sorts']
}

/** Every number has a name in the sort of its variable. */
function checkState(values: readonly number[], variables: EtfModel['variables'], sorts: EtfModel['sorts']): void {
  if (values.length !== variables.length) throw new Error(`found ${values.length} values; expected ${variables.length}`)
  for (const [i, value] of values.entries()) nameOf(value, variables[i]?.sort ?? '', sorts)
}

function nameOf(value: number, sort: string, sorts: EtfModel['sorts']): string {
  const name = sorts.get(sort)?.[value]
  if (name === undefined) throw new Error(`${value} has no name in sort "${sort}"`)
  return name
}

/** Cells of a row: undefined for "*". All rows of a section have theirs in the same columns. */
function cellsOf(words: readonly string[], variables: EtfModel['variables'], number: number): readonly (string | undefined)[] {
  if (words.length !== variables.length + 1) throw new Error(`line ${number}: found ${words.length} words`)
  return words.slice(0, -1).map((word) => (word === '*' ? undefined : word))
}

function columnsOf(cells: readonly (string | undefined)[], before: readonly number[] | undefined, number: number): readonly number[] {
  const columns = cells.flatMap((cell, i) => (cell === undefined ? [] : [i]))
  if (before !== undefined && before.join() !== columns.join()) throw new Error(`line ${number}: other columns than in the line before`)
  return columns
}

function relationOf({ lines }: Section, { variables, sorts, edgeNames }: Vocabulary & { edgeNames: readonly string[] }): EtfRelation {
  if (lines.length === 0) throw new Error('found a trans section without rows')
  const steps = new Map<string, { after: readonly number[]; edge: string }[]>()
  let columns: readonly number[] | undefined
  for (const { text, number } of lines) {
    const words = text.split(/\s+/)
    const cells = cellsOf(words, variables, number)
    columns = columnsOf(cells, columns, number)
    const pairs = columns.map((column) => {
      const [before = '', after = '', ...more] = (cells[column] ?? '').split('/')
      if (more.length > 0) throw new Error(`line ${number}: "${cells[column]}" is no step`)
      const pair = [numberOf(before, number), numberOf(after, number)] as const
      for (const value of pair) nameOf(value, variables[column]?.sort ?? '', sorts)
      return pair
    })
    const edge = edgeNames[numberOf(words.at(-1) ?? '', number)]
    if (edge === undefined) throw new Error(`line ${number}: the edge has no name`)
    const key = pairs.map(([before]) => before).join()
    steps.set(key, [...(steps.get(key) ?? []), { after: pairs.map(([, after]) => after), edge }])
  }
  return { columns: columns ?? [], steps }
}

function labelOf({ rest, lines }: Section, { variables, sorts }: Vocabulary): EtfLabel {
  const { name, sort } = declarationOf(rest, lines[0]?.number ?? 0)
  const values = new Map<string, string>()
  let columns: readonly number[] | undefined
  for (const { text, number } of lines) {
    const words = text.split(/\s+/)
    const cells = cellsOf(words, variables, number)
    columns = columnsOf(cells, columns, number)
    const key = columns.map((column) => numberOf(cells[column] ?? '', number)).join()
    if (values.has(key)) throw new Error(`line ${number}: found a second value`)
    values.set(key, nameOf(numberOf(words.at(-1) ?? '', number), sort, sorts))
  }
  return { name, columns: columns ?? [], values }
}
