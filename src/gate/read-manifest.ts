import type { z } from 'zod'
import type { Checked, Diagnostic } from '../foundation/diagnostic.ts'
import type { CellBounds } from '../report/finding.ts'
import { compareCells, gateKey } from './found-cell.ts'
import type { Cover, ExpectedCell, Manifest } from './manifest.ts'
import { manifestSchema } from './manifest-schema.ts'
import { fingerprintOf } from './tell-counterexample.ts'

/** Problems told at once; the others are counted. */
const mostProblems = 5

/** A manifest from its text, or MC610 with what is wrong and where. `path` is for messages. */
export function readManifest(text: string, path: string): Checked<Manifest> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return malformed([`it is no JSON: ${error instanceof Error ? error.message : String(error)}`], path)
  }
  const parsed = manifestSchema.safeParse(value)
  if (!parsed.success) return malformed(parsed.error.issues.map(describeIssue), path)
  const { $schema: schema, modules, covers, limits, allowUndecided, scenarios } = parsed.data
  const cells = scenarios.flatMap(({ reading, client, bounds: code, verdicts }) => {
    const bounds = boundsOfText(code)
    return Object.entries(verdicts).map(([property, written]) => expectedCell({ reading, client, property, bounds }, written))
  })
  const problems = [...doubles(cells), ...cells.flatMap(wrongFingerprint), ...(allowUndecided ? [] : cells.flatMap(undecidedWithoutLeave))]
  if (problems.length > 0) return malformed(problems, path)
  const manifest = {
    schema,
    modules,
    covers: covers.map(({ bounds, ...rest }): Cover => ({ ...rest, bounds: boundsOfText(bounds) })),
    limits,
    allowUndecided,
    cells: cells.sort((left, right) => compareCells(left.cell, right.cell)),
  }
  return { ok: true, value: manifest }
}

/** The inverse of `boundsCode`, of a text that the schema accepted. */
export function boundsOfText(text: string): CellBounds {
  const [threads = 0, interpreters = 0, rounds = 0] = text.split('.').map(Number)
  return { threads, interpreters, rounds }
}

type Written = z.infer<typeof manifestSchema>['scenarios'][number]['verdicts'][string]

function expectedCell(cell: ExpectedCell['cell'], written: Written): ExpectedCell {
  if (typeof written === 'string') return { cell, verdict: written }
  const { verdict, because } = written
  if (verdict === 'undecided') return { cell, verdict, because }
  return { cell, verdict, because, counterexample: { fingerprint: written.fingerprint, lines: written.trace } }
}

function doubles(cells: readonly ExpectedCell[]): readonly string[] {
  const seen = new Set<string>()
  return cells.flatMap(({ cell }) => {
    const key = gateKey(cell)
    if (seen.has(key)) return [`found ${describeCell(cell)} twice; expected each cell once`]
    seen.add(key)
    return []
  })
}

/** A conflict that was resolved line by line leaves a trace that nobody ever saw. */
function wrongFingerprint({ cell, counterexample }: ExpectedCell): readonly string[] {
  if (counterexample === undefined) return []
  const expected = fingerprintOf(counterexample.lines)
  if (counterexample.fingerprint === expected) return []
  return [`found the fingerprint ${counterexample.fingerprint} for ${describeCell(cell)}; the lines of its trace have ${expected}`]
}

function undecidedWithoutLeave({ cell, verdict }: ExpectedCell): readonly string[] {
  return verdict === 'undecided' ? [`found ${describeCell(cell)} undecided; "allowUndecided" is false`] : []
}

function describeCell({ reading, client, property }: ExpectedCell['cell']): string {
  return `${reading} / ${client} / ${property}`
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const place = issue.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return `${place === '' ? 'the whole file' : place.replace(/^\./, '')}: ${issue.message}`
}

function malformed(problems: readonly string[], path: string): Checked<never> {
  const hint = 'Correct it, or restore it from version control; "gilproof gate --update" writes all but "because".'
  const shown = problems.slice(0, mostProblems).map((message): Diagnostic => ({ code: 'MC610', message, place: [path] }))
  const more = problems.length - shown.length
  const last = more === 0 ? [] : [{ code: 'MC610' as const, message: `and ${more} more problems`, place: [path] }]
  const all = [...shown, ...last]
  return { ok: false, diagnostics: all.map((diagnostic, i) => (i === all.length - 1 ? { ...diagnostic, hint } : diagnostic)) }
}
