import { z } from 'zod'
import { stableJson } from '../foundation/stable-json.ts'
import { boundsCode } from './cell-bounds.ts'
import type { CellBounds, Finding } from './finding.ts'

const bounds = z
  .strictObject({ threads: z.int().min(0), interpreters: z.int().min(1), rounds: z.int().min(1) })
  .describe('Sizes of the scenario: acting threads beside the main one, interpreters with the main one, rounds of each loop')

const cell = z.strictObject({ reading: z.string(), client: z.string(), property: z.string(), bounds })

const search = z.strictObject({
  coverage: z.enum(['exhaustive', 'limited']).describe('All reachable states seen, or cut short by the limit'),
  limit: z.string().exactOptional(),
  distinctStates: z.int().min(0),
  transitions: z.int().min(0),
  diameter: z.int().min(0).describe('Steps to the state farthest from the initial one'),
})

const source = z.strictObject({ version: z.string(), file: z.string(), symbol: z.string() })

const change = z.strictObject({ what: z.string(), kind: z.enum(['shared', 'local', 'monitor']), from: z.string(), to: z.string() })

const step = z.strictObject({
  number: z.int().min(1).describe('Position in the trace; silent steps are counted but not listed'),
  thread: z.string(),
  calls: z.array(z.string()).readonly().describe('Call stack, outermost first'),
  activation: z.int().exactOptional().describe('Serial number of the outermost call in its thread'),
  says: z.string(),
  source: source.exactOptional(),
  events: z.array(z.string()).readonly(),
  changes: z.array(change).readonly(),
})

const standing = z.strictObject({
  thread: z.string(),
  calls: z.array(z.string()).readonly(),
  activation: z.int().exactOptional(),
  says: z.string(),
  isBlocked: z.boolean(),
})

const evidence = z.strictObject({
  replayCode: z.string().describe('For "gilproof replay"'),
  stepCount: z.int().min(0),
  contextSwitches: z.int().min(0),
  isShortest: z.boolean(),
  threads: z.array(z.string()).readonly(),
  steps: z.array(step).readonly(),
  standing: z.array(standing).readonly().describe('What each thread that has not ended would do next'),
})

/** Accepts exactly what `renderJson` writes. */
export const findingSchema = z
  .strictObject({
    cell,
    status: z.enum(['safe', 'never-exercised', 'violated', 'undecided', 'not-applicable']),
    search: search.exactOptional(),
    reason: z.string().exactOptional().describe('Why the client cannot be run on the design'),
    evidence: evidence.exactOptional().describe('A shortest counterexample; only where violated'),
  })
  .describe('The verdict on one cell: reading × client × property × bounds')

/** One finding as indented JSON; ends with a newline. */
export function renderJson(finding: Finding): string {
  return `${stableJson(finding, 2)}\n`
}

/** The JSON schema of a finding, draft 2020-12; ends with a newline. */
export function findingJsonSchema(): string {
  return `${stableJson(z.toJSONSchema(findingSchema), 2)}\n`
}

/**
 * Every verdict: a line for each scenario with its search, then one for each promise: its status, or "violated" with the steps, the context
 * switches and the replay code of its trace. Ends with a newline.
 */
export function verdictsJson(findings: readonly Finding[]): string {
  const scenarios = new Map<string, Finding[]>()
  for (const finding of findings) {
    const key = stableJson([finding.cell.reading, finding.cell.client, boundsCode(finding.cell.bounds)])
    const known = scenarios.get(key)
    if (known === undefined) scenarios.set(key, [finding])
    else known.push(finding)
  }
  return `[\n${[...scenarios.values()].map(scenarioLines).join(',\n')}\n]\n`
}

function scenarioLines(findings: readonly Finding[]): string {
  const [first] = findings
  if (first === undefined) return ''
  const { reading, client, bounds: sizes }: { reading: string; client: string; bounds: CellBounds } = first.cell
  const head = { reading, client, bounds: boundsCode(sizes), ...(first.search === undefined ? {} : { search: first.search }) }
  const cells = findings.map((finding) => `  ${stableJson(finding.cell.property)}: ${stableJson(verdictOf(finding))}`)
  return `${stableJson(head).slice(0, -1)},"verdicts":{\n${cells.join(',\n')}\n}}`
}

function verdictOf({ status, evidence: found, reason }: Finding): unknown {
  if (found !== undefined) return [status, found.stepCount, found.contextSwitches, found.replayCode]
  return reason === undefined ? status : [status, reason]
}
