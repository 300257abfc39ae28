import type { SearchHelpers } from '../../src/checker/explore/search-helper.ts'
import { searchHelpers } from '../../src/cli/search-helpers.ts'

/** Threads that run from the sources; those that help with layers of so many states are awaited, too. */
export function helpersFromSources(count: number, fewestStates?: number): SearchHelpers {
  const helpers = searchHelpers(count, new URL('./search-helper-thread.mjs', import.meta.url))
  return fewestStates === undefined ? helpers : { ...helpers, fewestStates, areAwaited: true }
}
