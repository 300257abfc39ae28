import type { ProgramSystem } from '../model/program/to-system.ts'
import type { Elaboration } from '../model/scenarios/elaborate.ts'
import type { Promised } from '../properties/catalog/promise.ts'
import type { Property } from '../properties/language/property.ts'

/** The properties of some promises, spoken about one compiled system. */
export function formulate(
  elaboration: Elaboration,
  { standsAt, everyProgramEnded, isRunning }: Omit<ProgramSystem, 'system'>,
  promises: readonly Promised[],
): readonly Property[] {
  const { runtime, threadCount } = elaboration
  return promises.map((promise) => promise.formulate({ runtime, threadCount, standsAt, everyProgramEnded, isRunning }))
}
