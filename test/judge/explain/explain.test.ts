import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { check } from '../../../src/checker/check.ts'
import { confirm } from '../../../src/checker/trace/replay.ts'
import type { Trace } from '../../../src/checker/trace/trace.ts'
import { countContextSwitches } from '../../../src/checker/trace/trace.ts'
import { askable } from '../../../src/cli/cells/catalogs.ts'
import { rebuildCell } from '../../../src/cli/cells/rebuild-cell.ts'
import { explainCounterexample } from '../../../src/judge/explain/explain.ts'
import { findSimplestTrace } from '../../../src/judge/explain/other-traces.ts'
import { findPreventions } from '../../../src/judge/explain/prevention.ts'
import type { Shown } from '../../../src/judge/explain/run-again.ts'
import { showsLeniently, showsWithEffectsOf } from '../../../src/judge/explain/run-again.ts'
import type { StepGroup } from '../../../src/judge/explain/steps-that-matter.ts'
import { groupSteps, stepsThatMatter } from '../../../src/judge/explain/steps-that-matter.ts'
import type { Explanation } from '../../../src/report/explanation/explanation.ts'
import { explanationText } from '../../../src/report/explanation/explanation-text.ts'
import { violatedCell } from '../../support/violated-cell.ts'

const two = { threads: 2, interpreters: 2, rounds: 1 }
const cells = {
  wrongInterpreter: { reading: 'status-quo', client: 'mod-wsgi-pool', promises: ['runs-in-its-interpreter'], bounds: two },
  deadlock: { reading: 'cpython-2.7', client: 'apsw-locks-before-it-saves', promises: ['no-deadlock'], bounds: two },
  selfDeadlock: { reading: 'status-quo', client: 'attach-twice', promises: ['no-deadlock'], bounds: { ...two, interpreters: 1 } },
  endedHolder: { reading: 'cpython-2.7', client: 'pytorch-device-thread', promises: ['no-deadlock'], bounds: two },
  useAfterFree: { reading: 'status-quo', client: 'end-interpreter-in-use', promises: ['nothing-freed-is-used'], bounds: two },
  leak: { reading: 'status-quo', client: 'save-without-the-gil', promises: ['nothing-leaks-at-rest'], bounds: two },
} as const
type Cell = Awaited<ReturnType<typeof violatedCell>>

const found: Partial<Record<keyof typeof cells, { readonly cell: Cell; readonly explanation: Explanation }>> = {}

async function explain(cell: Cell): Promise<Explanation> {
  const explained = await explainCounterexample(cell, cell.context, { limits: { states: 400_000 } })
  if (!explained.ok) throw new Error(explained.diagnostics[0]?.message)
  return explained.value
}

function the(name: keyof typeof cells): { readonly cell: Cell; readonly explanation: Explanation } {
  const one = found[name]
  if (one === undefined) throw new Error(`${name} was not explained`)
  return one
}

beforeAll(async () => {
  for (const [name, named] of Object.entries(cells)) {
    const cell = await violatedCell(named)
    found[name as keyof typeof cells] = { cell, explanation: await explain(cell) }
  }
}, 120_000)

function text(name: keyof typeof cells): string {
  return explanationText(the(name).explanation)
    .flatMap(({ heading, lines }) => [heading, ...lines])
    .join(' ')
    .replace(/\s+/g, ' ')
}

describe('the explanation of a counterexample', () => {
  it.each(Object.keys(cells) as (keyof typeof cells)[])('tells %s in three sentences, and needs every step of a shortest trace', (name) => {
    const { explanation } = the(name)
    expect(explanation.story).toHaveLength(3)
    expect(explanation.steps.canBeLeftOut).toEqual([])
    expect(explanation.steps.withEffects.length).toBeLessThan(explanation.steps.told)
  })

  it('says of a wrong interpreter which call decides it, and that no other thread has a part in it', () => {
    const { story, preventions, steps } = the('wrongInterpreter').explanation
    expect(story[0]).toContain('Thread 1 calls PyGILState_Ensure, which attaches thread state 2 (main)')
    expect(preventions).toEqual([])
    expect(steps.withEffects.map(({ says }) => says)).toContain('makes an interpreter')
  })

  it('says of a deadlock who waits for what held by whom, as a circle', () => {
    const { deadlock } = the('deadlock').explanation
    expect(deadlock?.cycle).toEqual(['thread 1', 'thread 2'])
    expect(deadlock?.waits).toMatchObject([
      { thread: 'thread 1', until: 'GIL is not locked', relation: 'held-by', threads: ['thread 2'], source: { symbol: 'take_gil' } },
      { thread: 'thread 2', until: 'the lock of the connection is held by none', relation: 'held-by', threads: ['thread 1'] },
    ])
    expect(text('deadlock')).toContain('A circle: thread 1 waits for thread 2, which waits for thread 1.')
  })

  it('says who would have had to wait, what its thread had found, and where', () => {
    expect(the('deadlock').explanation.preventions).toMatchObject([
      {
        step: { thread: 'thread 2', says: 'takes the GIL' },
        waitsFor: { thread: 'thread 1', call: 'PyGILState_Ensure' },
        found: { condition: 'GIL is not locked', source: { symbol: 'take_gil', file: 'Python/ceval_gil.h' } },
      },
      { step: { thread: 'thread 1', says: 'locks the lock of the connection' }, waitsFor: { thread: 'thread 2' } },
    ])
  })

  it('says of a thread that waits for itself that nobody else could have prevented it', () => {
    expect(the('selfDeadlock').explanation).toMatchObject({ preventions: [], deadlock: { cycle: ['thread 1'] } })
    expect(text('selfDeadlock')).toContain('held by thread 1 itself')
  })

  it('says of a lock that its holder has ended, and that this is no circle', () => {
    expect(the('endedHolder').explanation.deadlock).toMatchObject({ ended: ['main thread'] })
    expect(text('endedHolder')).toContain('held by main thread, which has ended')
    expect(the('endedHolder').explanation.deadlock?.cycle).toBeUndefined()
  })

  it('says of freed memory that the end of the interpreter would have had to wait for the call', () => {
    expect(the('useAfterFree').explanation.preventions).toMatchObject([
      {
        step: { thread: 'main thread', calls: ['Py_EndInterpreter', 'PyInterpreterState_Delete'] },
        waitsFor: { thread: 'thread 1', call: 'PyThreadState_New' },
        found: { source: { file: 'Python/pystate.c' } },
      },
    ])
  })

  it('says of a leak that no trace with fewer threads or switches was found, after so many searches', () => {
    const { otherTrace } = the('leak').explanation
    expect(otherTrace).toMatchObject({ kind: 'same', limits: [] })
    // Sets of one and two of three threads, and one switch less.
    expect(otherTrace.kind !== 'not-searched' && otherTrace.searches).toBe(7)
  })
})

/** A long counterexample of a cell: what a random walk comes to. */
async function walk({ system, property }: Shown, seed: number): Promise<Trace | undefined> {
  const checked = await check(system, [property], {
    search: { kind: 'random-walk', seed, walks: 400, depth: 400 },
    stopAt: 'first-violation',
  })
  return checked.ok ? checked.value.verdicts[0]?.trace : undefined
}

describe('a long counterexample', () => {
  const names = ['wrongInterpreter', 'deadlock', 'useAfterFree'] as const
  const seeds = fc.record({ name: fc.constantFrom(...names), seed: fc.integer() })

  it('still shows the violation without the steps that are said not to matter, and not without one more', async () => {
    let removed = 0
    await fc.assert(
      fc.asyncProperty(seeds, async ({ name, seed }) => {
        const { cell } = the(name)
        const trace = await walk(cell, seed)
        if (trace === undefined) return
        const shown = { ...cell, trace }
        const { groups, needed, effective } = stepsThatMatter(shown)
        removed += groups.length - needed.length
        const actions = (kept: readonly StepGroup[]): readonly number[] =>
          kept
            .flat()
            .sort((one, other) => one - other)
            .flatMap((step) => trace.steps[step]?.action ?? [])
        expect(showsLeniently(shown, actions(needed))).toBe(true)
        for (const group of needed) expect(showsLeniently(shown, actions(needed.filter((one) => one !== group)))).toBe(false)
        const withEffects = new Set(effective.flat())
        expect(showsWithEffectsOf(shown, (step) => withEffects.has(step))).toBe(true)
      }),
      { numRuns: 10 },
    )
    expect(removed).toBeGreaterThan(0)
  }, 120_000)

  it('has a simpler one beside it, which is confirmed', async () => {
    const { cell } = the('useAfterFree')
    const { trace: shortest } = cell
    const trace = await walk(cell, 1)
    if (trace === undefined) throw new Error('the walk found nothing')
    const simplest = await findSimplestTrace({ ...cell, trace }, { limits: { states: 400_000 } })
    if (!simplest.ok || simplest.value === undefined) throw new Error('nothing simpler was found')
    expect(countContextSwitches(trace)).toBeGreaterThan(countContextSwitches(shortest))
    expect(simplest.value).toMatchObject({ contextSwitches: countContextSwitches(shortest), threads: ['main thread', 'thread 1'] })
    expect(confirm(cell.system, cell.property, simplest.value.trace)).toBe(true)
  })

  it('has every step in one group', () => {
    for (const name of names) {
      const { trace } = the(name).cell
      expect(
        groupSteps(the(name).cell)
          .flat()
          .sort((one, other) => one - other),
      ).toEqual(trace.steps.map((_, i) => i))
    }
  })
})

describe('a search for simpler traces', () => {
  it('says which limit cut it short', async () => {
    const explained = await explainCounterexample(the('deadlock').cell, the('deadlock').cell.context, { limits: { states: 10 } })
    if (!explained.ok || explained.value.otherTrace.kind === 'not-searched') throw new Error('nothing was searched')
    expect(explained.value.otherTrace.limits).toContain('main thread and thread 1 alone: 10 states')
  })

  it('takes a thread that cannot act for no deadlock of the others', async () => {
    // Main thread alone ends, and the others could still begin: nobody is stuck.
    const { cell } = the('endedHolder')
    const simplest = await findSimplestTrace(cell, { limits: { states: 400_000 } })
    expect(simplest).toMatchObject({ ok: true, value: { threads: ['main thread', 'thread 1', 'thread 2'] } })
  })
})

describe('a replay code of a simpler trace', () => {
  it('replays', async () => {
    const { cell } = the('useAfterFree')
    const trace = await walk(cell, 1)
    if (trace === undefined) throw new Error('the walk found nothing')
    const explained = await explainCounterexample({ ...cell, trace }, cell.context, { limits: { states: 400_000 } })
    if (!explained.ok || explained.value.otherTrace.kind !== 'found') throw new Error('nothing simpler was found')
    const { replayCode, contextSwitches } = explained.value.otherTrace
    expect(countContextSwitches(rebuildCell(replayCode, askable()).trace)).toBe(contextSwitches)
  })
})

describe('what would have prevented a violation', () => {
  it('is nothing that another thread does before the call can begin', () => {
    // Held back from setting the scene, the main thread would keep thread 1 from beginning at all: that prevents nothing.
    const { cell } = the('wrongInterpreter')
    const groups = groupSteps(cell)
    expect(findPreventions(cell, groups, [cell.system.processes.indexOf('thread 1')])).toEqual([])
  })
})
