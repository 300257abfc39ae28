import { check } from '../../src/checker/check.ts'
import type { Verdict } from '../../src/checker/verdict.ts'
import { DiagnosticError } from '../../src/foundation/diagnostic.ts'
import type { Client } from '../../src/model/clients/client.ts'
import type { Bounds } from '../../src/model/cpython/bounds.ts'
import type { Policy } from '../../src/model/cpython/policy.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import { elaborate } from '../../src/model/scenarios/elaborate.ts'
import type { Promised } from '../../src/properties/catalog/promise.ts'
import type { Property } from '../../src/properties/language/property.ts'
import { variablesRead } from '../../src/properties/language/variables-read.ts'

export const smallest: Bounds = { threads: 1, interpreters: 2, rounds: 1 }

/** A client on a policy, in bounds. */
export interface Case {
  readonly policy: Policy
  readonly client: Client
  readonly bounds?: Bounds
  /** Breaks the model itself, where neither a design nor a client can break the promise. */
  readonly damage?: (system: TransitionSystem) => TransitionSystem
}

export interface Judged {
  readonly system: TransitionSystem
  readonly properties: readonly Property[]
  readonly verdicts: readonly Verdict[]
}

/** Judges promises in one case; with merging, only what these promises read is kept visible. */
export async function judge(
  { policy, client, bounds = smallest, damage = (whole) => whole }: Case,
  promises: readonly Promised[],
  merge = false,
): Promise<Judged> {
  const elaboration = elaborate({ reading: 'under test', policy, client, bounds })
  const formulated = (visible: ReadonlySet<string>, merged: boolean) => {
    const compiled = elaboration.compile({ merge: merged, visible })
    const scene = { ...elaboration, ...compiled }
    return { system: damage(compiled.system), properties: promises.map(({ formulate }) => formulate(scene)) }
  }
  const plain = formulated(new Set(), false)
  const { system, properties } = merge
    ? formulated(new Set(plain.properties.flatMap((property) => [...variablesRead(property)])), true)
    : plain
  const result = await check(system, properties, {})
  if (!result.ok) throw new DiagnosticError(result.diagnostics)
  return { system, properties, verdicts: result.value.verdicts }
}

/** The promises that read the same variables, together: each sees exactly what its own property needs. */
export function groupedByWhatTheyRead(promises: readonly Promised[], properties: readonly Property[]): readonly (readonly Promised[])[] {
  const groups = new Map<string, Promised[]>()
  for (const [i, promised] of promises.entries()) {
    const property = properties[i]
    const key = property === undefined ? '' : [...variablesRead(property)].sort().join()
    groups.set(key, [...(groups.get(key) ?? []), promised])
  }
  return [...groups.values()]
}
