import { expect, it } from 'vitest'
import { countHere, exportedFiles } from '../support/export-and-count.ts'
import { runForeignChecker } from '../support/foreign-checkers.ts'
import { scenarioSystem } from '../support/scenario-system.ts'

const timeout = 600_000
const bounds = { threads: 2, interpreters: 2, rounds: 1 }

const scenarios: readonly (readonly [reading: string, client: string, bounds: typeof bounds])[] = [
  ['status-quo.cpython-3.2', 'callback-from-fresh-thread', bounds],
  ['status-quo.cpython-3.2', 'mod-wsgi-pool', bounds],
  ['pitrou.old-pair-means-main', 'swig-callback-on-maker-thread', bounds],
  ['dumpleton-swap.slot-per-interpreter', 'handed-over-thread', bounds],
  ['pitrou-save-thread.records-the-interpreter', 'nested-callback-while-attached', bounds],
  ['coghlan.owner-is-used', 'ensure-then-new-interpreter', bounds],
  ['dumpleton-automatic.every-swap-clears', 'migrated-helper-thread', bounds],
  ['changesets.gil-is-checked', 'swig-callback-on-python-thread', { ...bounds, interpreters: 1 }],
  ['cpython-2.7', 'callback-from-fresh-thread', bounds],
  ['cpython-3.7', 'ensure-swap-back-release', bounds],
  ['cpython-3.12', 'nested-callback-while-detached', bounds],
  ['cpython-3.15', 'callback-while-attached-on-python-thread', bounds],
]

it.each(scenarios)('SPIN counts as many states of %s / %s as we do', { timeout }, async (reading, client, sizes) => {
  const { system } = scenarioSystem({ reading, client, bounds: sizes, promises: ['no-fatal-error'] })
  const expects = await countHere(system)
  const { states, wentWrong } = runForeignChecker('promela', exportedFiles('promela', system, { expects }))
  expect({ kind: 'counted', states, wentWrong }).toEqual({ ...pick(expects), wentWrong: false })
})

it.each([
  ['status-quo.cpython-3.2', 'callback-from-fresh-thread', { ...bounds, threads: 1 }],
  ['cpython-3.12', 'callback-from-fresh-thread', { ...bounds, threads: 1 }],
] as const)('Rumur counts as many states of %s / %s as we do', { timeout }, async (reading, client, sizes) => {
  const { system } = scenarioSystem({ reading, client, bounds: sizes, promises: ['no-fatal-error'] })
  const expects = await countHere(system)
  const { states, wentWrong } = runForeignChecker('murphi', exportedFiles('murphi', system, { expects }))
  expect({ kind: 'counted', states, wentWrong }).toEqual({ ...pick(expects), wentWrong: false })
})

function pick(expects: Awaited<ReturnType<typeof countHere>>): { readonly kind: string; readonly states: number } {
  return { kind: expects.kind, states: expects.kind === 'counted' ? expects.states : 0 }
}
