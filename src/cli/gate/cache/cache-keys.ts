import { systemText } from '../../../checker/trace/model-digest.ts'
import { digestOf } from '../../../foundation/digest.ts'
import { stableJson } from '../../../foundation/stable-json.ts'
import { formulate } from '../../../judge/formulate.ts'
import { variablesOf } from '../../../judge/judge-scenario.ts'
import type { Elaboration } from '../../../model/scenarios/elaborate.ts'
import type { Promised } from '../../../properties/catalog/promise.ts'
import type { Task } from '../../cells/task.ts'

type Asked = Pick<Task, 'reading' | 'client' | 'bounds' | 'promises' | 'limits'>

/**
 * Names a search of shipped designs, clients and promises. Only beside the digest of all code, which then says what the names mean: nothing
 * has to be elaborated to look it up.
 */
export function keyOfNames({ reading, client, bounds, promises, limits }: Asked): string {
  return digestOf(stableJson({ reading, client, bounds, promises, limits }))
}

/**
 * Names a search by what is searched: the merged system, the unmerged one that traces are told in, the properties and the limits. Names do not
 * count, so that a change of a file is a change only where it changes a model. Cost: elaborates, and one pass over both systems.
 */
export function keyOfModel(elaboration: Elaboration, promises: readonly Promised[], { limits }: Asked): string {
  const searched = elaboration.compile({ merge: true, visible: variablesOf(elaboration, promises) })
  const unmerged = elaboration.compile({ merge: false, visible: new Set() })
  const properties = formulate(elaboration, searched, promises)
  const told = formulate(elaboration, unmerged, promises)
  const parts = [systemText(searched.system), systemText(unmerged.system), stableJson({ properties, told, limits })]
  return digestOf(parts.map((part) => `${part.length}\n${part}`).join('\n'))
}
