import { describe, expect, it } from 'vitest'
import type { ExportedFiles } from '../../src/export/export-request.ts'
import { countHere, exportedFiles } from '../support/export-and-count.ts'
import { scenarioSystem } from '../support/scenario-system.ts'
import { smallSystems } from '../support/systems.ts'
import { runTlaChecker } from '../support/tla-checker.ts'

const timeout = 300_000
const small = { threads: 1, interpreters: 2, rounds: 1 }
const twice = { ...small, rounds: 2 }
const promises = ['no-fatal-error', 'runs-in-its-interpreter', 'no-deadlock', 'nothing-freed-is-used', 'pair-restores-slot']

describe('the module of a shipped scenario', () => {
  it.each([
    ['status-quo.cpython-3.2', 'callback-from-fresh-thread', { ...small, threads: 2 }],
    ['status-quo.cpython-3.2', 'swig-callback-on-python-thread', small],
    ['coghlan.owner-is-used', 'mod-wsgi-pool', twice],
    ['pitrou.old-pair-means-main', 'migrated-helper-thread', twice],
    ['dumpleton-automatic.release-thread-clears', 'ensure-then-new-interpreter', small],
    ['dumpleton-swap.slot-per-interpreter', 'migrated-callback-while-attached-elsewhere', small],
    ['pitrou-save-thread.records-the-interpreter', 'end-interpreter-then-ensure', small],
    ['cpython-2.7', 'callback-from-fresh-thread', small],
    ['cpython-3.12', 'nested-callback-while-detached', small],
    ['cpython-3.15', 'callback-while-attached-on-python-thread', small],
  ] as const)('of %s / %s is understood, with as many states and the same verdict', { timeout }, async (reading, client, bounds) => {
    const { system, properties } = scenarioSystem({ reading, client, bounds, promises })
    const expects = await countHere(system, properties)
    const files = exportedFiles('tla', system, { properties, expects })

    const { states, wentWrong } = runTlaChecker(exportedFiles('tla', system, { expects }))

    expect({ kind: 'counted', states }).toEqual({ kind: expects.kind, states: expects.kind === 'counted' ? expects.states : 0 })
    expect(wentWrong).toBe(false)
    expect(runTlaChecker(files).wentWrong).toBe(expects.kind === 'counted' && expects.violated.length > 0)
  })
})

describe('a mistake in a module is noticed:', () => {
  const system = smallSystems.interpretersWithThreadStates
  const files = exportedFiles('tla', system, { expects: { kind: 'not-counted', reason: 'it is changed' } })

  it('a bracket that is missing', { timeout }, async () => {
    const expects = await countHere(system)
    const [module = ''] = files.values()
    const body = module.indexOf('none == -1')
    const brackets = [...module.matchAll(/[()[\]{}]/g)].filter(({ index }) => index > body && !isInComment(module, index))
    const unnoticed = brackets.filter(({ index }) => {
      const broken = `${module.slice(0, index)} ${module.slice(index + 1)}`
      return outcomeOf(withModule(files, broken)) === String(expects.kind === 'counted' && expects.states)
    })
    expect(brackets.length).toBeGreaterThan(100)
    expect(
      unnoticed.map(({ index }) =>
        module
          .slice(0, index + 2)
          .split('\n')
          .at(-1),
      ),
    ).toEqual([])
  })

  it.each([
    ['a name that nothing defines', '!.current = none]', '!.current = nobody]'],
    ['a field that the record has not', '!.saved = state.current', '!.saved = state.currently'],
    ['a set that nothing defines', 'state.newest \\in (interpreter', 'state.newest \\in (interpreters'],
    ['a number where a truth value belongs', '~state.started', '-state.started'],
  ])('%s', (_, right, wrong) => {
    const [module = ''] = files.values()
    expect(module).toContain(right)
    expect(outcomeOf(withModule(files, module.replace(right, wrong)))).toBe('not understood')
  })
})

function isInComment(text: string, index: number): boolean {
  return text
    .slice(text.lastIndexOf('\n', index) + 1)
    .trimStart()
    .startsWith('\\*')
}

function withModule(files: ExportedFiles, module: string): ExportedFiles {
  return new Map([...files].map(([ending, text]) => [ending, ending === '.tla' ? module : text]))
}

/** The number of states, or that it went wrong or was not understood. */
function outcomeOf(files: ExportedFiles): string {
  try {
    const { states, wentWrong } = runTlaChecker(files)
    return wentWrong ? 'went wrong' : String(states)
  } catch {
    return 'not understood'
  }
}
