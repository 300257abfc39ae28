import type { Branch } from './oracle.ts'
import type { World } from './world.ts'

/** What was predicted while a schedule was drawn: comparing it asks the same questions again, and predicting is most of the work. */
export interface Foretold {
  /** Before the first step. */
  readonly begin: World
  /** What may come of the schedule's next step, in each world that it was drawn in. */
  readonly branches: ReadonlyMap<World, readonly Branch[]>
}
