/**
 * Searches one model with one configuration of gilproof, in a process of its own, and prints what that took as a line of JSON. Started by
 * `gilproof.ts`; the time of `check` alone is taken, as TypeScript is compiled, for helping threads too, and the model elaborated before it.
 */
import { check } from '../../src/checker/check.ts'
import type { SearchLimits } from '../../src/checker/search-limits.ts'
import { findModel, modelFamilies } from '../models/catalog.ts'
import { configurations } from './configurations.ts'

export interface ChildRequest {
  readonly model: string
  readonly largest: number
  readonly configuration: string
  readonly limits: SearchLimits
}

export interface ChildAnswer {
  readonly states: number
  readonly stoppedBy?: string
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakBytes: number
  readonly ownBytesPerState: number
}

async function answer({ model, largest, configuration, limits }: ChildRequest): Promise<ChildAnswer> {
  const options = configurations.find(({ name }) => name === configuration)?.options
  if (options === undefined) throw new Error(`there is no configuration "${configuration}"`)
  const system = findModel(model, modelFamilies(largest)).system()
  await options.helpers?.prepare?.()
  const before = process.cpuUsage()
  const started = process.hrtime.bigint()
  const checked = await check(system, [], { ...options, limits })
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  const { user, system: kernel } = process.cpuUsage(before)
  if (!checked.ok) throw new Error(checked.diagnostics.map(({ message }) => message).join('\n'))
  const { coverage, modelError, statistics } = checked.value
  if (modelError !== undefined) throw new Error(`the model goes wrong: ${modelError.diagnostic.message}`)
  return {
    states: statistics.distinctStates,
    ...(coverage.kind === 'limited' ? { stoppedBy: coverage.limit.kind } : {}),
    seconds,
    cpuSeconds: (user + kernel) / 1e6,
    peakBytes: process.resourceUsage().maxRSS * 1024,
    ownBytesPerState: statistics.bytesPerState,
  }
}

console.log(JSON.stringify(await answer(JSON.parse(process.argv[2] ?? '{}') as ChildRequest)))
