import { boundsCode } from '../report/cell-bounds.ts'
import type { CellName } from '../report/finding.ts'
import { gateKey } from './found-cell.ts'
import type { Cover, ExpectedCell, GateLimits, Manifest } from './manifest.ts'

/**
 * A manifest as its file: sorted, a line for each cell, and below a violated one a line for each step of its trace, so that a change of
 * either shows as itself in a diff. Ends with a newline.
 */
export function manifestText(manifest: Manifest): string {
  return `${linesOf(manifest)
    .map(({ text }) => text)
    .join('\n')}\n`
}

/** Number, from 1, of the line of each cell in `manifestText`, by `gateKey`. */
export function manifestLines(manifest: Manifest): ReadonlyMap<string, number> {
  return new Map(linesOf(manifest).flatMap(({ cell }, i) => (cell === undefined ? [] : [[gateKey(cell), i + 1] as const])))
}

interface Line {
  readonly text: string
  /** The cell that begins there. */
  readonly cell?: CellName
}

function linesOf({ schema, modules, covers, limits, allowUndecided, cells }: Manifest): readonly Line[] {
  const scenarios = scenariosOf(cells)
  return [
    { text: '{' },
    { text: `  "$schema": ${JSON.stringify(schema)},` },
    { text: '  "version": 1,' },
    { text: `  "modules": ${oneLine(modules)},` },
    { text: '  "covers": [' },
    ...covers.map((cover, i) => ({ text: `    ${oneLine(coverOf(cover))}${comma(i, covers)}` })),
    { text: '  ],' },
    { text: `  "limits": ${oneLine(limitsOf(limits))},` },
    { text: `  "allowUndecided": ${allowUndecided},` },
    { text: '  "scenarios": [' },
    ...scenarios.flatMap((scenario, i) => scenarioLines(scenario, comma(i, scenarios))),
    { text: '  ]' },
    { text: '}' },
  ]
}

/** In the order of fields that the schema has. */
function coverOf({ designs, clients, properties, bounds }: Cover): unknown {
  return { designs, clients, properties, bounds: boundsCode(bounds) }
}

function limitsOf({ states, seconds, megabytes }: GateLimits): unknown {
  return { states, seconds, megabytes }
}

function scenariosOf(cells: readonly ExpectedCell[]): readonly (readonly ExpectedCell[])[] {
  const scenarios = new Map<string, ExpectedCell[]>()
  for (const cell of cells) {
    const key = gateKey({ ...cell.cell, property: '' })
    const known = scenarios.get(key)
    if (known === undefined) scenarios.set(key, [cell])
    else known.push(cell)
  }
  return [...scenarios.values()]
}

function scenarioLines(cells: readonly ExpectedCell[], end: string): readonly Line[] {
  const [first] = cells
  if (first === undefined) return []
  const { reading, client, bounds } = first.cell
  const head = oneLine({ reading, client, bounds: boundsCode(bounds) }).slice(0, -1)
  return [{ text: `    ${head}, "verdicts": {` }, ...cells.flatMap((cell, i) => cellLines(cell, comma(i, cells))), { text: `    }}${end}` }]
}

function cellLines({ cell, verdict, because = '', counterexample }: ExpectedCell, end: string): readonly Line[] {
  const name = `      ${JSON.stringify(cell.property)}: `
  if (verdict !== 'violated' && verdict !== 'undecided') return [{ cell, text: `${name}${JSON.stringify(verdict)}${end}` }]
  if (counterexample === undefined) return [{ cell, text: `${name}${oneLine({ verdict, because })}${end}` }]
  const { fingerprint, lines } = counterexample
  const head = oneLine({ verdict, because, fingerprint }).slice(0, -1)
  return [
    { cell, text: `${name}${head}, "trace": [` },
    ...lines.map((line, i) => ({ text: `        ${JSON.stringify(line)}${comma(i, lines)}` })),
    { text: `      ]}${end}` },
  ]
}

function comma(position: number, items: readonly unknown[]): string {
  return position === items.length - 1 ? '' : ','
}

/** JSON in one line with a space after commas and colons, as people write it; fields that are undefined are left out. */
function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}: ${oneLine(field)}`).join(', ')}}`
}
