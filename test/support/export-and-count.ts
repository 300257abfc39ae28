import { check } from '../../src/checker/check.ts'
import { exportModel } from '../../src/export/export-model.ts'
import type { ExportedFiles, ExportTarget } from '../../src/export/export-request.ts'
import type { Expectation } from '../../src/export/header.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import type { Property } from '../../src/properties/language/property.ts'

/** What our own search finds, without renaming identities. Throws where the system is not valid. */
export async function countHere(system: TransitionSystem, properties: readonly Property[] = []): Promise<Expectation> {
  const checked = await check(system, properties, {})
  if (!checked.ok) throw new Error(checked.diagnostics.map(({ message }) => message).join('\n'))
  const { modelError, statistics, verdicts } = checked.value
  if (modelError !== undefined) return { kind: 'goes-wrong', message: modelError.diagnostic.message }
  const violated = verdicts.filter(({ kind }) => kind === 'violated').map(({ property }) => property)
  return { kind: 'counted', states: statistics.distinctStates, violated }
}

interface Written {
  readonly properties?: readonly Property[]
  readonly expects: Expectation
}

/** The files that `gilproof export` would write, named "model". Throws where the target cannot say it. */
export function exportedFiles(target: ExportTarget, system: TransitionSystem, { properties = [], expects }: Written): ExportedFiles {
  const files = exportModel(target, { system, properties, about: { title: system.name, chosen: [], expects }, fileName: 'model' })
  if (!files.ok) throw new Error(files.diagnostics.map(({ message }) => message).join('\n'))
  return files.value
}

/** The text of the model itself. Throws where the target cannot say it. */
export function exported(target: ExportTarget, system: TransitionSystem, written: Written): string {
  const [text] = exportedFiles(target, system, written).values()
  if (text === undefined) throw new Error('nothing was written')
  return text
}
