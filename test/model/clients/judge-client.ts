import { check } from '../../../src/checker/check.ts'
import type { Verdict } from '../../../src/checker/verdict.ts'
import type { Client } from '../../../src/model/clients/client.ts'
import type { Bounds } from '../../../src/model/cpython/bounds.ts'
import { usesNull } from '../../../src/model/cpython/caller.ts'
import type { Policy } from '../../../src/model/cpython/policy.ts'
import { cpython32 } from '../../../src/model/cpython/versions/cpython-3-2.ts'
import { happens } from '../../../src/model/language/builder.ts'
import { fatalErrorEvent, undefinedBehaviourEvent } from '../../../src/model/program/program-builder.ts'
import { elaborate } from '../../../src/model/scenarios/elaborate.ts'
import { runsInItsInterpreter } from '../../../src/properties/catalog/runs-in-its-interpreter.ts'
import type { Property } from '../../../src/properties/language/property.ts'

export interface Judged {
  readonly runsInItsInterpreter: Verdict
  readonly deadlock: Verdict
  readonly fatalError: Verdict
  readonly undefinedBehaviour: Verdict
  readonly nullIsUsed: Verdict
}

/** Judges a client on the status quo, or on another policy, all states seen. Throws what is wrong with the model, if anything is. */
export async function judgeClient(client: Client, bounds: Bounds, policy: Policy = cpython32): Promise<Judged> {
  const elaboration = elaborate({ reading: 'under test', policy, client, bounds })
  const compiled = elaboration.compile({ merge: true, visible: new Set() })
  const scene = { ...compiled, runtime: elaboration.runtime, threadCount: elaboration.threadCount }
  const never = (name: string): Property => ({ kind: 'forbidden-transition', name, says: name, forbids: happens(name) })
  const properties: readonly Property[] = [
    runsInItsInterpreter.formulate(scene),
    { kind: 'no-deadlock', name: 'deadlock', says: 'deadlock' },
    never(fatalErrorEvent),
    never(undefinedBehaviourEvent),
    never(usesNull),
  ]
  const result = await check(compiled.system, properties, { now: () => 0, pause: () => Promise.resolve() })
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'))
  if (result.value.modelError !== undefined) throw new Error(result.value.modelError.diagnostic.message)
  const [first, deadlock, fatalError, undefinedBehaviour, nullIsUsed] = result.value.verdicts
  if (!first || !deadlock || !fatalError || !undefinedBehaviour || !nullIsUsed) throw new Error('one verdict per property is expected')
  return { runsInItsInterpreter: first, deadlock, fatalError, undefinedBehaviour, nullIsUsed }
}
