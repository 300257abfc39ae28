import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { InstalledTarget } from '../test/support/foreign-checkers.ts'

/** Where what was compared is kept, so that a later run goes on where this one ended. */
export const recordPath = 'docs/cross-check.json'

const wrong = 'goes wrong'
const countSchema = z.union([z.number(), z.literal(wrong)])
const modelSchema = z.strictObject({
  digest: z.string(),
  /** As gilproof counts them, without renaming identities. */
  states: countSchema,
  /** As SPIN and Rumur count them; missing where they have not run yet. */
  promela: countSchema.optional(),
  murphi: countSchema.optional(),
  scenarios: z.array(z.string()),
})
const recordSchema = z.strictObject({
  models: z.number(),
  scenarios: z.number(),
  comparedWithSpin: z.number(),
  comparedWithRumur: z.number(),
  different: z.number(),
  counts: z.array(modelSchema),
})

/** Number of states that a checker finds, or that it finds the model going wrong. */
export type Count = z.infer<typeof countSchema>

/** One model; scenarios whose readings do the same in it have one between them. */
export type ComparedModel = z.infer<typeof modelSchema>

export function countOf({ states, wentWrong }: { readonly states: number; readonly wentWrong: boolean }): Count {
  return wentWrong ? wrong : states
}

/** Whether some other checker found another number. */
export function isDifferent({ states, promela = states, murphi = states }: ComparedModel): boolean {
  return promela !== states || murphi !== states
}

/** Whether nothing remains to be done: a difference is looked at again in every run. */
export function isDone(model: ComparedModel, targets: readonly InstalledTarget[]): boolean {
  return targets.every((target) => model[target] === model.states)
}

/** Smallest first, then by name: the order in which models are compared and written down. */
export function bySize(left: ComparedModel, right: ComparedModel): number {
  return sizeOf(left) - sizeOf(right) || (nameOf(left) < nameOf(right) ? -1 : 1)
}

function sizeOf({ states }: ComparedModel): number {
  return states === wrong ? 0 : states
}

function nameOf({ scenarios }: ComparedModel): string {
  return scenarios[0] ?? ''
}

/** What an earlier run wrote down, by digest; nothing where there was none. */
export function readRecord(path: string = recordPath): ReadonlyMap<string, ComparedModel> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return new Map()
  }
  return new Map(recordSchema.parse(JSON.parse(text)).counts.map((model) => [model.digest, model]))
}

/** JSON with one model a line, so that a difference of two records can be read. */
export function recordText(models: readonly ComparedModel[]): string {
  const counts = [...models].sort(bySize)
  const summary = {
    models: counts.length,
    scenarios: counts.reduce((sum, { scenarios }) => sum + scenarios.length, 0),
    comparedWithSpin: counts.filter(({ promela }) => promela !== undefined).length,
    comparedWithRumur: counts.filter(({ murphi }) => murphi !== undefined).length,
    different: counts.filter(isDifferent).length,
  }
  const lines = counts.map(({ digest, states, promela, murphi, scenarios }) =>
    JSON.stringify({ digest, states, promela, murphi, scenarios }),
  )
  return `${JSON.stringify(summary, null, 2).slice(0, -2)},\n  "counts": [\n    ${lines.join(',\n    ')}\n  ]\n}\n`
}
