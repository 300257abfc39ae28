import { z } from 'zod'
import type { Checked } from '../foundation/diagnostic.ts'
import { stableJson } from '../foundation/stable-json.ts'
import { boundsCode } from '../report/cell-bounds.ts'
import type { CellChange } from './compare-cells.ts'
import { changeKinds, failsWith } from './compare-cells.ts'
import type { FoundCell } from './found-cell.ts'
import { gateKey } from './found-cell.ts'
import type { GateResult } from './gate-result.ts'
import { gateVerdicts } from './gate-verdict.ts'
import { boundsText, fingerprint } from './manifest-schema.ts'
import { boundsOfText } from './read-manifest.ts'
import { traceChangesOf } from './say-change.ts'

const verdict = z.enum(gateVerdicts)
const source = z.strictObject({ version: z.string(), file: z.string(), symbol: z.string() })
const line = z.strictObject({ text: z.string(), thread: z.string(), source: source.exactOptional() })

const told = z.strictObject({
  isShortest: z.boolean(),
  violation: z.string(),
  story: z.array(z.string()).readonly(),
  trace: z.array(line).readonly(),
})

const counterexample = z.strictObject({
  replayCode: z.string().describe('For "gilproof replay"'),
  fingerprint,
  told: told.exactOptional().describe('Absent where the manifest has the trace'),
})

const expected = z.strictObject({
  verdict,
  because: z.string().exactOptional(),
  counterexample: z.strictObject({ fingerprint, lines: z.array(z.string()).readonly() }).exactOptional(),
})

const found = z.strictObject({
  verdict,
  reason: z.string().exactOptional().describe('Why it is undecided'),
  isLeftOut: z.literal(true).exactOptional().describe('The run never came to it'),
  counterexample: counterexample.exactOptional(),
})

const cell = { reading: z.string(), client: z.string(), property: z.string(), bounds: boundsText }

const change = z.strictObject({
  kind: z.enum(changeKinds),
  ...cell,
  makesOutcome: z.enum(['as-expected', 'changed', 'undecided']).describe('What this change makes of the whole'),
  expected: expected.exactOptional(),
  found: found.exactOptional(),
  partAt: z.int().min(1).exactOptional().describe('First step in which the expected and the found trace differ'),
})

const judged = z.union([verdict, z.strictObject({ verdict: z.literal('violated'), fingerprint, replayCode: z.string() })])

/** Accepts exactly what `resultDocument` writes. */
export const resultSchema = z
  .strictObject({
    kind: z.literal('gilproof-gate-result'),
    version: z.string().describe('Of gilproof'),
    engine: z.string().describe('Digest of the code that judged'),
    manifest: z.strictObject({ path: z.string(), digest: z.string(), modules: z.array(z.string()).readonly() }),
    shard: z.strictObject({ index: z.int().min(1), of: z.int().min(1) }).exactOptional(),
    strictTraces: z.boolean(),
    outcome: z.enum(['as-expected', 'changed', 'undecided']),
    asExpected: z.record(verdict, z.int().min(0)).describe('Cells that are as the manifest says'),
    withoutReason: z.int().min(0).describe('Expected violations with an empty "because"'),
    changes: z.array(change).describe('Cells that are not as the manifest says'),
    scenarios: z
      .array(z.strictObject({ reading: z.string(), client: z.string(), bounds: boundsText, verdicts: z.record(z.string(), judged) }))
      .describe('Every cell that was judged or left out'),
  })
  .describe('What "gilproof gate --json" prints')

export type ResultDocument = z.infer<typeof resultSchema>

/** The JSON schema of a result, draft 2020-12; ends with a newline. */
export function resultJsonSchema(): string {
  return `${stableJson(z.toJSONSchema(resultSchema), 2)}\n`
}

/** The result as one JSON document, for programs and for `--merge`. */
export function resultDocument(result: GateResult): ResultDocument {
  const { version, engine, manifest, shard, strictTraces, outcome, comparison } = result
  const { asExpected, withoutReason, changes } = comparison
  return {
    kind: 'gilproof-gate-result',
    version,
    engine,
    manifest: { ...manifest, modules: [...manifest.modules] },
    ...(shard === undefined ? {} : { shard }),
    strictTraces,
    outcome,
    asExpected,
    withoutReason,
    changes: changes.map((each) => changeOf(each, strictTraces)),
    scenarios: scenariosOf(result.found),
  }
}

function changeOf(change: CellChange, strictTraces: boolean): ResultDocument['changes'][number] {
  const { kind, cell: name, expected: before, found: now } = change
  const parts = kind === 'trace-changed' ? traceChangesOf(change)?.partAt : undefined
  return {
    kind,
    ...name,
    bounds: boundsCode(name.bounds),
    makesOutcome: failsWith(kind, { strictTraces }),
    ...(before === undefined ? {} : { expected: withoutCell(before) }),
    ...(now === undefined ? {} : { found: withoutCell(now) }),
    ...(parts === undefined ? {} : { partAt: parts }),
  }
}

function withoutCell<Named extends { readonly cell: unknown }>({ cell: _, ...rest }: Named): Omit<Named, 'cell'> {
  return rest
}

function scenariosOf(cells: readonly FoundCell[]): ResultDocument['scenarios'] {
  const scenarios = new Map<string, ResultDocument['scenarios'][number]>()
  for (const { cell: name, verdict: is, counterexample: shown } of cells) {
    const { reading, client, bounds, property } = name
    const key = gateKey({ ...name, property: '' })
    const scenario = scenarios.get(key) ?? { reading, client, bounds: boundsCode(bounds), verdicts: {} }
    scenarios.set(key, scenario)
    scenario.verdicts[property] =
      shown === undefined || is !== 'violated' ? is : { verdict: is, fingerprint: shown.fingerprint, replayCode: shown.replayCode }
  }
  return [...scenarios.values()]
}

/** The document of a file, or MC612. `path` is for messages. */
export function readResult(text: string, path: string): Checked<ResultDocument> {
  const refused = (message: string): Checked<never> => ({
    ok: false,
    diagnostics: [{ code: 'MC612', message, hint: 'Give what "gilproof gate --shard I/N --json" printed, whole.', place: [path] }],
  })
  try {
    const parsed = resultSchema.safeParse(JSON.parse(text))
    if (parsed.success) return { ok: true, value: parsed.data }
    return refused(z.prettifyError(parsed.error).split('\n').slice(0, 2).join(' '))
  } catch (error) {
    return refused(`it is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The cells of a document. */
export function foundCellsOf(document: ResultDocument): readonly FoundCell[] {
  const changed = new Map(
    document.changes.flatMap(({ found: is, reading, client, property, bounds }) => {
      const name = { reading, client, property, bounds: boundsOfText(bounds) }
      return is === undefined ? [] : [[gateKey(name), { ...is, cell: name }] as const]
    }),
  )
  return document.scenarios.flatMap(({ reading, client, bounds, verdicts }) =>
    Object.entries(verdicts).map(([property, written]): FoundCell => {
      const name = { reading, client, property, bounds: boundsOfText(bounds) }
      const known = changed.get(gateKey(name))
      if (known !== undefined) return known
      if (typeof written === 'string') return { cell: name, verdict: written }
      const { fingerprint: same, replayCode, verdict: is } = written
      return { cell: name, verdict: is, counterexample: { fingerprint: same, replayCode } }
    }),
  )
}
