import type { BenchModel, ModelFamily } from './bench-model.ts'
import { gilLike } from './gil-like.ts'
import { shipped } from './shipped.ts'

/** Threads of the small GIL, unless asked otherwise; more than any tool has memory for that takes them one by one. */
export const usualLargest = 8

/** Every family, the small GIL with at most so many threads. */
export function modelFamilies(largest: number): readonly ModelFamily[] {
  return [gilLike(largest), ...shipped]
}

/** The model of that name. Throws where there is none. */
export function findModel(name: string, families: readonly ModelFamily[]): BenchModel {
  const models = families.flatMap((family) => family.models)
  const found = models.find((model) => model.name === name)
  if (found === undefined) throw new Error(`there is no model "${name}"; there are: ${models.map((model) => model.name).join(', ')}`)
  return found
}
