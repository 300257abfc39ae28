import { catalogsFor, findReading, laterCatalogs, ownCatalogs } from '../../src/cli/cells/catalogs.ts'
import { scenarioSystem } from '../../test/support/scenario-system.ts'
import type { BenchModel, ModelFamily } from './bench-model.ts'

/**
 * Scenarios of this project, merged as `gilproof check` merges them for all promises. They are chosen so that a C compiler takes minutes on them,
 * not hours, and so that SPIN and Rumur find nothing wrong: what they count is whole.
 */
export const shipped: readonly ModelFamily[] = [
  {
    name: 'most general client, CPython 3.2',
    says: 'The largest searches of the debate: two threads make any calls, as many as the rounds allow.',
    sizeIs: 'rounds',
    models: [2, 3].map((rounds) => scenario('status-quo.cpython-3.2', 'most-general-rude', rounds)),
  },
  {
    name: 'mod_wsgi pool, CPython 3.2',
    says: 'Two workers serve two interpreters twice, with callbacks by the plain pair.',
    sizeIs: 'rounds',
    models: [scenario('status-quo.cpython-3.2', 'mod-wsgi-pool', 2)],
  },
  {
    name: 'JPype at exit, CPython 3.15',
    says: 'Two foreign threads call back while the runtime is finalized, on the profile of the newest release.',
    sizeIs: 'rounds',
    models: [scenario('cpython-3.15', 'jpype-waits-for-java-threads', 1)],
  },
]

function scenario(reading: string, client: string, rounds: number): BenchModel {
  return {
    name: `${reading} / ${client} / ${rounds} ${rounds === 1 ? 'round' : 'rounds'}`,
    size: rounds,
    system: () => {
      const named = findReading(reading, { ...ownCatalogs, readings: [...ownCatalogs.readings, ...laterCatalogs.readings] })
      const promises = catalogsFor([named]).promises.map(({ name }) => name)
      return scenarioSystem({ reading, client, bounds: { threads: 2, interpreters: 2, rounds }, promises }).system
    },
  }
}
