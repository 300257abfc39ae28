import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { compileSystem } from '../../../src/checker/compile/compile.ts'
import { Findings } from '../../../src/checker/explore/evaluate-properties.ts'
import { LinearExpansion } from '../../../src/checker/explore/linear-expansion.ts'
import { RoundControl, step } from '../../../src/checker/explore/round-control.ts'
import type { HelperTask, SearchHelpers } from '../../../src/checker/explore/search-helper.ts'
import { SearchThread } from '../../../src/checker/explore/search-thread.ts'
import { ExactStore } from '../../../src/checker/store/exact-store.ts'
import { attachToMemory } from '../../../src/checker/store/linear-memory.ts'
import type { StateIndex } from '../../../src/checker/store/state-store.ts'
import { noAction, noState } from '../../../src/checker/store/state-store.ts'
import { webAssembly } from '../../../src/foundation/web-assembly.ts'
import type { TransitionSystem } from '../../../src/model/language/transition-system.ts'
import { helpersFromSources } from '../../support/search-helpers.ts'
import { smallGil } from '../../support/spin-systems.ts'

interface Explored {
  /** Vectors of all states, in their order. */
  readonly vectors: Int32Array
  readonly transitions: number
  /** Calls in which all threads explored. */
  readonly rounds: number
}

/** Explores in WebAssembly from the initial state on. */
async function explored(system: TransitionSystem, helpers?: SearchHelpers): Promise<Explored> {
  const compiled = compileSystem(system, [], { renaming: false })
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics))
  const { wordCount, initial, pack } = compiled.value
  const from = new ExactStore(wordCount, { actionCount: system.actions.length })
  const vector = new Int32Array(wordCount)
  pack(initial(), vector, 0)
  from.insert(vector, 0, noState, noAction)
  const options = { properties: [], stopAt: 'end' as const, limits: { states: 400_000 }, ...(helpers === undefined ? {} : { helpers }) }
  const expansion = await LinearExpansion.takeOver(compiled.value, { store: from, expanded: 0 }, options)
  if ('reason' in expansion) throw new Error(expansion.reason)
  const { store } = expansion
  const findings = new Findings([])
  let [first, transitions, rounds] = [0, 0, 0]
  while (first < store.size) {
    const together = expansion.expandTogether(first, store.size, store.capacity, findings)
    const expanded = together ?? expansion.expand(first, Math.min(first + 256, store.size), store.capacity, findings)
    if (together !== undefined && together.next > first) rounds += 1
    if (expanded.next === first && !store.grow(Number.POSITIVE_INFINITY)) throw new Error('there is room')
    transitions += expanded.transitions
    first = expanded.next
  }
  expansion.end()
  const vectors = new Int32Array(store.size * wordCount)
  for (let state = 0; state < store.size; state++) store.read(state as StateIndex, vectors, state * wordCount)
  return { vectors, transitions, rounds }
}

const { take } = RoundControl.prototype

/**
 * A helper in this thread. Whenever the thread of the search has taken a part, `isAhead` says whether the helper does all parts behind it first:
 * so the order in time is another one than that of the states.
 */
function helperAhead(isAhead: () => boolean): SearchHelpers {
  let helper: SearchThread | undefined
  let isHelping = false
  const start = async ({ module, memory, places, control, thread, mostParts }: HelperTask): Promise<void> => {
    if (webAssembly === undefined) throw new Error('there is WebAssembly')
    const shared = new RoundControl(control, mostParts)
    helper = new SearchThread(attachToMemory(webAssembly, module, places, { memory, thread }), shared)
    shared.addReady()
  }
  vi.spyOn(RoundControl.prototype, 'take').mockImplementation(function (this: RoundControl, part, begun) {
    const isTaken = take.call(this, part, begun)
    if (isTaken && !isHelping && isAhead()) {
      isHelping = true
      helper?.help(begun)
      isHelping = false
    }
    return isTaken
  })
  return { count: 1, fewestStates: 1, areAwaited: true, start }
}

afterEach(() => vi.restoreAllMocks())

describe('rounds of several threads', () => {
  it('number the states as one thread does, whichever parts are first in time', async () => {
    const system = smallGil(3)
    const expected = await explored(system)
    expect(expected.vectors.length).toBe(21_411)
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.boolean()), async (choices) => {
        const found = await explored(
          system,
          helperAhead(() => choices.next().value ?? false),
        )
        expect(found.rounds).toBeGreaterThan(10)
        expect(found).toEqual({ ...expected, rounds: found.rounds })
      }),
      { numRuns: 20 },
    )
  }, 60_000)

  it('number the states as one thread does, with four threads that run when they can', async () => {
    const system = smallGil(4)
    const expected = await explored(system)
    const helpers = helpersFromSources(3, 1)
    for (let run = 0; run < 3; run++) {
      const found = await explored(system, helpers)
      expect(found.rounds).toBeGreaterThan(10)
      expect(Buffer.compare(Buffer.from(found.vectors.buffer), Buffer.from(expected.vectors.buffer))).toBe(0)
      expect(found.transitions).toBe(expected.transitions)
    }
  }, 60_000)

  it('are not begun before the helpers are there', async () => {
    const found = await explored(smallGil(3), { count: 1, fewestStates: 1, start: () => new Promise(() => {}) })
    expect(found).toEqual({ ...(await explored(smallGil(3))), rounds: 0 })
  })

  it('end with the reason why a helper cannot be started', async () => {
    const helpers = { count: 1, fewestStates: 1, start: () => Promise.reject(new Error('no thread is to be had')) }
    await expect(explored(smallGil(3), helpers)).rejects.toThrow('no thread is to be had')
  })

  it('give each part to one thread, and none to a thread that comes late', () => {
    const { control, buffer } = RoundControl.create(2)
    const other = new RoundControl(buffer, 2)
    const proposing = control.begin(step.propose, 2)
    expect([control.take(0, proposing), other.take(0, proposing), other.take(1, proposing)]).toEqual([true, false, true])
    const committing = control.begin(step.commit, 2)
    expect([other.take(0, proposing), other.take(1, proposing)]).toEqual([false, false])
    expect([other.take(0, committing), control.take(1, committing)]).toEqual([true, true])
  })
})
