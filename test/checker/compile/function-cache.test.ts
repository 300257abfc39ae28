import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Code } from '../../../src/checker/compile/code.ts'
import { code } from '../../../src/checker/compile/code.ts'
import { Identities } from '../../../src/checker/compile/collect.ts'
import { interpretPrepared } from '../../../src/checker/compile/interpreted-system.ts'
import { FunctionCache } from '../../../src/checker/compile/javascript/function-cache.ts'
import type { LoadedProgram } from '../../../src/checker/compile/javascript/load-program.ts'
import { loadProgram } from '../../../src/checker/compile/javascript/load-program.ts'
import type { PreparedSystem } from '../../../src/checker/compile/prepare-system.ts'
import { prepareSystem } from '../../../src/checker/compile/prepare-system.ts'
import { translateSystem } from '../../../src/checker/compile/translate/translate-system.ts'
import { ModelError } from '../../../src/model/language/model-error.ts'
import type { CheckedSystem } from '../../arbitraries/property.ts'
import { systemsWithProperties } from '../../arbitraries/property.ts'
import { accepted, exploreCompiled } from './explore-compiled.ts'

const isAbove = (slot: number, value: number): Code => code`  return s[${slot}] > ${value}`

describe('the cache of generated functions', () => {
  it('has one function for bodies that differ in numbers, with the numbers of each', () => {
    const cache = new FunctionCache(1000)
    const [first, second] = [cache.load('condition', isAbove(0, 7)), cache.load('condition', isAbove(1, -8))]
    expect(second.run).toBe(first.run)
    expect(first.run(Int32Array.of(8, -9), first.numbers)).toBe(true)
    expect(second.run(Int32Array.of(8, -9), second.numbers)).toBe(false)
  })

  it('has another function for another body, and for the same body with other parameters', () => {
    const cache = new FunctionCache(1000)
    const { run } = cache.load('condition', isAbove(0, 7))
    expect(cache.load('condition', code`  return s[${0}] < ${7}`).run).not.toBe(run)
    expect(cache.load('formula', isAbove(0, 7)).run).not.toBe(run)
    expect(cache.size).toBe(3)
  })

  it('leaves a number of more than 32 bits where it is', () => {
    const { run, numbers } = new FunctionCache(1000).load('condition', isAbove(0, 2 ** 31))
    expect(numbers).toEqual([0])
    expect(run(Int32Array.of(2 ** 31 - 1), numbers)).toBe(false)
  })

  it('never holds more characters than it may', () => {
    const cache = new FunctionCache(300)
    const sizes = Array.from({ length: 20 }, (_, i) => {
      const { run, numbers } = cache.load('condition', code`  return ${'x'.repeat(i)} === 'xxx'`)
      expect(run(Int32Array.of(0), numbers)).toBe(i === 3)
      return cache.size
    })
    expect(Math.max(...sizes)).toBeLessThan(10)
    expect(sizes.at(-1)).toBeGreaterThan(0)
  })

  it('makes no difference to systems that are compiled one after the other', () => {
    const shared = new FunctionCache(1_000_000)
    fc.assert(
      fc.property(fc.array(systemsWithProperties(), { minLength: 2, maxLength: 4 }), fc.boolean(), (systems, renaming) => {
        for (const checked of systems) {
          const withShared = explore(checked, renaming, shared)
          // Forgets whatever it knows at each function.
          expect(withShared).toEqual(explore(checked, renaming, new FunctionCache(0)))
        }
      }),
      { numRuns: 100 },
    )
    expect(shared.size).toBeGreaterThan(100)
  })
})

function explore({ system, properties }: CheckedSystem, renaming: boolean, cache: FunctionCache): unknown {
  const prepared = accepted(prepareSystem(system, properties, { renaming }))
  const program = load(prepared, cache)
  const reference = interpretPrepared(prepared)
  const compiled = { ...reference, ...program }
  try {
    return exploreCompiled(compiled, properties)
  } catch (failure) {
    // Generated code says only that the model goes wrong; where it does is part of the outcome.
    if (failure instanceof ModelError || !(failure instanceof Error)) throw failure
    return failure.message
  }
}

function load(prepared: PreparedSystem, cache: FunctionCache): LoadedProgram {
  const { system, slots, renaming, rename, order } = prepared
  return loadProgram(translateSystem(prepared), cache, {
    renaming,
    rename,
    order,
    createIdentities: (reusable) => new Identities(system, slots.shape, reusable),
  })
}
