import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { check } from '../../src/checker/check.ts'
import { etfText } from '../../src/export/etf.ts'
import { exportModel } from '../../src/export/export-model.ts'
import { prepareModel } from '../../src/export/prepare.ts'
import { action, add, assign, integer, less, truth, variable } from '../../src/model/language/builder.ts'
import { range } from '../../src/model/language/domain.ts'
import { apply, evaluate, isEnabled } from '../../src/model/language/evaluate.ts'
import { shapeOf } from '../../src/model/language/state.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import type { Property } from '../../src/properties/language/property.ts'
import { systemsWithProperties } from '../arbitraries/property.ts'
import { exploreEtf } from '../oracle/etf-explorer.ts'
import { readEtf } from '../oracle/etf-reader.ts'
import { runEtfChecker } from '../support/etf-checker.ts'
import { exportedFiles } from '../support/export-and-count.ts'
import { scenarioSystem } from '../support/scenario-system.ts'
import { dining, peterson } from '../support/spin-systems.ts'
import { smallSystems } from '../support/systems.ts'

const timeout = 300_000
const expects = { kind: 'not-counted', reason: 'this is a test' } as const
const about = { title: '', chosen: [], expects }

/** What our search says, or undefined where the model goes wrong. */
async function foundHere(system: TransitionSystem, properties: readonly Property[]) {
  const checked = await check(system, properties, {})
  if (!checked.ok) throw new Error(checked.diagnostics.map(({ message }) => message).join('\n'))
  const { modelError, statistics, verdicts } = checked.value
  if (modelError !== undefined) return undefined
  const violated = verdicts.filter(({ kind }) => kind === 'violated').map(({ property }) => property)
  return { states: statistics.distinctStates, transitions: statistics.transitions, violated }
}

/** A reader of the format counts what we count, and each option in the header finds something just where the property is violated. */
async function expectSame(system: TransitionSystem, properties: readonly Property[]): Promise<void> {
  const said = properties.filter(({ kind }) => kind !== 'reachable' && kind !== 'can-always-reach')
  const here = await foundHere(system, said)
  if (here === undefined) {
    expect(exportModel('etf', { system, properties, about, fileName: 'model' })).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'MC801' }],
    })
    return
  }
  const alone = runEtfChecker(exportedFiles('etf', system, { expects }))
  expect({ states: alone.states, transitions: alone.transitions }).toEqual({ states: here.states, transitions: here.transitions })
  const { states, transitions, output } = runEtfChecker(exportedFiles('etf', system, { properties, expects }))
  expect({ states, transitions }).toEqual({ states: here.states, transitions: here.transitions + added(system, said) })
  expect(output === '' ? 0 : output.split('\n').length).toBe(here.violated.length)
}

/** Transitions that properties add, by the reference semantics: one for each that is forbidden, and one for each state where stopping is intended. */
function added(system: TransitionSystem, properties: readonly Property[]): number {
  const shape = shapeOf(system.variables)
  const restsToo = properties.some(({ kind }) => kind === 'no-deadlock')
  const seen = new Map([[shape.initial.join(), shape.initial]])
  let count = 0
  for (const state of seen.values()) {
    if (restsToo && evaluate(system.final, { shape, system, state }) === 1) count += 1
    for (const action of system.actions.filter((each) => isEnabled(system, shape, state, each))) {
      const after = apply(system, shape, state, action)
      const around = { shape, system, state, after, action }
      count += properties.filter((each) => each.kind === 'forbidden-transition' && evaluate(each.forbids, around) === 1).length
      seen.set(after.join(), after)
    }
  }
  return count
}

describe('a table for LTSmin', () => {
  it('leads to the states and transitions of random systems, and shows what violates their properties', { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(systemsWithProperties(), async ({ system, properties }) => expectSame(system, properties)),
      { numRuns: 150 },
    )
  })

  it.each(Object.entries({ ...smallSystems, peterson: peterson(), dining: dining() }))('leads to the states of %s', async (_, system) => {
    await expectSame(system, [{ kind: 'no-deadlock', name: 'no-deadlock', says: 'Nobody waits for ever.' }])
  })

  it.each([
    ['status-quo.cpython-3.2', 'swig-callback-on-maker-thread', 2],
    ['coghlan.owner-is-used', 'ensure-then-new-interpreter', 2],
    ['dumpleton-automatic.release-thread-clears', 'callback-while-attached-on-python-thread', 2],
    ['pitrou-save-thread.forgets-on-restore', 'attach-twice', 2],
    ['cpython-3.12', 'callback-from-fresh-thread', 1],
  ] as const)('leads to the states of %s / %s, and shows what is violated', { timeout }, async (reading, client, threads) => {
    const promises = ['no-fatal-error', 'runs-in-its-interpreter', 'no-deadlock', 'nothing-freed-is-used', 'pair-restores-slot']
    const { system, properties } = scenarioSystem({ reading, client, bounds: { threads, interpreters: 2, rounds: 1 }, promises })
    await expectSame(system, properties)
  })

  it('has the columns of an action that it depends on or changes, and no others', () => {
    const [text = ''] = exportedFiles('etf', smallSystems.threePhilosophers, { expects }).values()
    const { variables, relations } = readEtf(text)
    expect(variables.length).toBe(3)
    expect(Math.max(...relations.map(({ columns }) => columns.length))).toBeLessThan(variables.length)
  })

  it('has no column that never changes', () => {
    const fixed = variable('fixed', range(0, 5), { initial: 3 })
    const phase = variable('phase', range(0, 9))
    const system: TransitionSystem = {
      name: 'fixed',
      processes: ['one'],
      variables: [fixed.declaration, phase.declaration],
      actions: [action('moves', { when: less(phase.at(), fixed.at()), assign: [assign(phase.at(), add(phase.at(), integer(1)))] })],
      final: truth,
      allocations: [],
    }
    const [text = ''] = exportedFiles('etf', system, { expects }).values()
    expect(text).toContain('begin trans\n* 0/1 0\n* 1/2 0\n* 2/3 0\nend trans')
  })

  it.each([
    [{ states: 100, entries: 1_000_000 }, 'expected at most 100 states'],
    [{ states: 1_000_000, entries: 100 }, 'and 100 values'],
  ])('is refused beyond %j, with the action whose table is longest', (limits, text) => {
    const system = smallSystems.interpretersWithThreadStates
    const request = { system, properties: [], about, fileName: 'model' }
    const refused = etfText(prepareModel(system, []).model, request, limits)
    expect(refused).toMatchObject({ ok: false, diagnostics: [{ code: 'MC803', message: expect.stringContaining(text) }] })
    expect(refused.ok ? [] : refused.diagnostics[0]?.place).toEqual(['action swap'])
  })
})

describe('the reader of tables', () => {
  const properties: readonly Property[] = [{ kind: 'no-deadlock', name: 'no-deadlock', says: 'Nobody waits for ever.' }]
  const [text = ''] = exportedFiles('etf', smallSystems.mutex, { properties, expects }).values()

  it('counts what a file written by hand has: two counters to 2, the second never ahead of the first', () => {
    const lines = [
      ...['begin state', 'first:digit', 'second:digit', 'end state', 'begin edge', 'action:action', 'end edge'],
      ...['begin sort digit', '"0"', '"1"', '"2"', 'end sort', 'begin sort action', '"one"', '"other"', 'end sort'],
      ...['begin init', '0 0', 'end init', 'begin trans', '0/1 * 0', '1/2 * 0', 'end trans'],
      ...['begin trans', '1/1 0/1 1', '2/2 0/1 1', '2/2 1/2 1', 'end trans'],
    ]
    // 00 10 20 11 21 22, of which only 22 has no edge.
    expect(exploreEtf(readEtf(lines.join('\n')))).toMatchObject({ states: 6, transitions: 6, deadlocks: 1 })
  })

  it.each([
    ['a row that is too short', '0/1 0/1 0', '0/1 0'],
    ['a row over other columns than the row before', '1/1 * 4', '* 1/1 4'],
    ['a value without a name', '"thread_2"\n', ''],
    ['an edge without a name', '"rests"\n', ''],
    ['a section that does not end', 'end init', ''],
    ['two initial states', '% left locks', 'begin init\n0 0\nend init'],
    ['a variable without a sort', 'owner:thread_or_none', 'owner'],
  ])('refuses %s', (_, right, wrong) => {
    expect(text).toContain(right)
    expect(() => readEtf(text)).not.toThrow()
    expect(() => readEtf(text.replace(right, wrong))).toThrow()
  })
})
