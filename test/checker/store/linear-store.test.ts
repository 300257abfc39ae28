import { describe, expect, it } from 'vitest'
import { compileSystem } from '../../../src/checker/compile/compile.ts'
import { assemble } from '../../../src/checker/compile/webassembly/assemble.ts'
import { ExactStore } from '../../../src/checker/store/exact-store.ts'
import { createLinearMemory } from '../../../src/checker/store/linear-memory.ts'
import { LinearStore } from '../../../src/checker/store/linear-store.ts'
import { Origins } from '../../../src/checker/store/origins.ts'
import type { StateIndex } from '../../../src/checker/store/state-store.ts'
import { noAction, noState } from '../../../src/checker/store/state-store.ts'
import { webAssembly } from '../../../src/foundation/web-assembly.ts'
import { smallGil } from '../../support/spin-systems.ts'

/** A store for vectors of two words, with room for so many bytes, that takes over what another one has. */
async function linearStore(mostBytes: number, from = new ExactStore(2, { actionCount: 1 })): Promise<LinearStore> {
  const compiled = compileSystem(smallGil(5), [], { renaming: false })
  if (!compiled.ok || webAssembly === undefined) throw new Error('the small GIL compiles')
  expect(compiled.value.wordCount).toBe(2)
  const printed = compiled.value.printModule?.(1)
  if (printed === undefined || 'reason' in printed) throw new Error('the small GIL can be printed')
  const module = await assemble(printed.text, webAssembly)
  const memory = module && createLinearMemory(webAssembly, module, printed.places, { mostBytes, shared: false })
  if (memory === undefined) throw new Error('there is memory')
  return new LinearStore(memory, new Origins(compiled.value), from)
}

const vector = (i: number): Int32Array => Int32Array.of(i, Math.imul(i, i))

describe('linear store', () => {
  it('keeps 200,000 states through growing, in order of arrival, and knows them again', async () => {
    const store = await linearStore(2 ** 26)
    const wrong: number[] = []
    for (let i = 0; i < 200_000; i++) {
      if (store.size === store.capacity) expect(store.grow(Number.POSITIVE_INFINITY)).toBe(true)
      if (store.find(vector(i), 0) !== noState || store.insert(vector(i), 0) !== i || !store.wasNew) wrong.push(i)
    }
    const read = new Int32Array(2)
    for (let i = 0; i < 200_000; i++) {
      store.read(i as StateIndex, read, 0)
      if (read[0] !== i || read[1] !== Math.imul(i, i) || store.insert(vector(i), 0) !== i || store.wasNew) wrong.push(i)
    }
    expect(wrong).toEqual([])
    expect(store.size).toBe(200_000)
  })

  it('takes over the states of another store', async () => {
    const from = new ExactStore(2, { actionCount: 1 })
    for (let i = 0; i < 10_000; i++) from.insert(vector(i), 0, noState, noAction)
    const store = await linearStore(2 ** 24, from)
    expect(store.size).toBe(10_000)
    expect([store.find(vector(9_999), 0), store.find(vector(10_000), 0)]).toEqual([9_999, noState])
  })

  it('holds the vector and at most 8 bytes for each state once it has grown', async () => {
    const store = await linearStore(2 ** 26)
    for (let i = 0; i < 300_000; i++) {
      if (store.size === store.capacity) store.grow(Number.POSITIVE_INFINITY)
      store.insert(vector(i), 0)
      if (i > 20_000 && store.bytes / store.size > 8 + 8.1)
        throw new Error(`${store.bytes / store.size} bytes for each of ${store.size} states`)
    }
    expect(store.size).toBe(300_000)
  })

  it('refuses to grow beyond a limit or its memory, and loses nothing', async () => {
    const store = await linearStore(300_000)
    store.insert(vector(1), 0)
    expect(store.grow(store.bytes)).toBe(false)
    while (store.grow(Number.POSITIVE_INFINITY));
    expect(store.capacity * 8).toBeLessThan(300_000)
    expect(store.find(vector(1), 0)).toBe(0)
    for (let i = 2; store.size < store.capacity; i++) store.insert(vector(i), 0)
    expect(() => store.insert(vector(0), 0)).toThrow('MC901')
  })
})
