import { askable, findClient, findPromise, findReading } from '../../src/cli/cells/catalogs.ts'
import { formulate } from '../../src/judge/formulate.ts'
import { variablesOf } from '../../src/judge/judge-scenario.ts'
import type { Bounds } from '../../src/model/cpython/bounds.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import type { Scenario } from '../../src/model/scenarios/elaborate.ts'
import { elaborate, nameOf } from '../../src/model/scenarios/elaborate.ts'
import type { Promised } from '../../src/properties/catalog/promise.ts'
import type { Property } from '../../src/properties/language/property.ts'

/** A cell of a matrix, by names. */
export interface NamedScenario {
  readonly reading: string
  readonly client: string
  readonly bounds: Bounds
  readonly promises: readonly string[]
}

/** The merged system of a shipped scenario, as `gilproof check` searches it for these promises. */
export function scenarioSystem(named: NamedScenario): {
  readonly name: string
  readonly system: TransitionSystem
  readonly properties: readonly Property[]
} {
  const { scenario, promised } = scenarioOf(named)
  const elaboration = elaborate(scenario)
  const compiled = elaboration.compile({ merge: true, visible: variablesOf(elaboration, promised) })
  return { name: nameOf(scenario), system: compiled.system, properties: formulate(elaboration, compiled, promised) }
}

/** A shipped scenario and promises by their names. */
export function scenarioOf({ reading, client, bounds, promises }: NamedScenario): {
  readonly scenario: Scenario
  readonly promised: readonly Promised[]
} {
  const catalogs = askable(undefined)
  const named = findReading(reading, catalogs)
  return {
    scenario: { reading: named.name, policy: named.reading.policy, client: findClient(client, catalogs), bounds },
    promised: promises.map((name) => findPromise(name, catalogs)),
  }
}
