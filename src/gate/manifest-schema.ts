import { z } from 'zod'
import { stableJson } from '../foundation/stable-json.ts'

const names = z.array(z.string().min(1)).min(1)

export const boundsText = z
  .string()
  .regex(/^[1-9]\d?\.[1-9]\d?\.[1-9]\d?$/)
  .describe('Acting threads beside the main one, interpreters with the main one, rounds of each loop: "2.2.1"')

export const fingerprint = z
  .string()
  .regex(/^[0-9a-f]{12}$/)
  .describe('First digits of the SHA-256 of the lines of the trace')

const cover = z
  .strictObject({
    designs: names.exactOptional().describe('Designs or readings; usual: those of the modules, or the status quo'),
    clients: names.exactOptional().describe('Usual: those of the modules, or every client'),
    properties: names.exactOptional().describe('Promises; usual: all'),
    bounds: boundsText,
  })
  .describe('Every promise for every client on every reading')

const limit = z.int().min(1)

const violated = z.strictObject({
  verdict: z.literal('violated'),
  because: z.string().describe('Why that is accepted: a reason or the address of an issue. Written by hand, kept by --update'),
  fingerprint,
  trace: z.array(z.string()).describe('The told steps of a shortest counterexample'),
})

const undecided = z.strictObject({
  verdict: z.literal('undecided'),
  because: z.string().describe('Why that is accepted. Written by hand, kept by --update'),
})

const verdict = z.union([z.enum(['holds', 'never-exercised']), violated, undecided])

const scenario = z.strictObject({
  reading: z.string().min(1),
  client: z.string().min(1),
  bounds: boundsText,
  verdicts: z.record(z.string().min(1), verdict).describe('The expected verdict of each promise'),
})

/** Accepts exactly what `manifestText` writes, in any layout. */
export const manifestSchema = z
  .strictObject({
    $schema: z.string(),
    version: z.literal(1),
    modules: z.array(z.string().min(1)).describe('Files that export designs, clients or promises, from the folder of this file'),
    covers: z.array(cover).min(1).describe('What is judged'),
    limits: z
      .strictObject({
        states: limit.exactOptional().describe('States a search may store'),
        seconds: limit.exactOptional().describe('Time a search may take'),
        megabytes: limit.exactOptional().describe('Memory the states of a search may take'),
      })
      .describe('Where each search gives up; its cells are then undecided'),
    allowUndecided: z.boolean().describe('Whether --update may record cells as undecided'),
    scenarios: z.array(scenario).describe('What is expected; written by "gilproof gate --update", "because" by hand'),
  })
  .describe('Verdicts that "gilproof gate" expects')

/** The JSON schema of a manifest, draft 2020-12; ends with a newline. */
export function manifestJsonSchema(): string {
  return `${stableJson(z.toJSONSchema(manifestSchema), 2)}\n`
}
