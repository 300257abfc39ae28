import type { Elaboration } from '../../model/scenarios/elaborate.ts'
import { elaborate } from '../../model/scenarios/elaborate.ts'
import type { Promised } from '../../properties/catalog/promise.ts'
import type { Catalogs } from '../cells/catalogs.ts'
import { findClient, findPromise, findReading } from '../cells/catalogs.ts'
import type { Task } from '../cells/task.ts'

/** What a task is about, looked up. */
export interface LazyScenario {
  readonly task: Task
  readonly promises: readonly Promised[]
  /** Written down once, when it is first needed. */
  readonly elaboration: () => Elaboration
}

export function scenarioOf(task: Task, catalogs: Catalogs): LazyScenario {
  const { policy } = findReading(task.reading, catalogs).reading
  const client = findClient(task.client, catalogs)
  let elaboration: Elaboration | undefined
  return {
    task,
    promises: task.promises.map((name) => findPromise(name, catalogs)),
    elaboration: () => {
      elaboration ??= elaborate({ reading: task.reading, policy, client, bounds: task.bounds })
      return elaboration
    },
  }
}
