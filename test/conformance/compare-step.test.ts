import { describe, expect, it } from 'vitest'
import { compareStep } from '../../src/conformance/compare/compare-step.ts'
import { Renaming } from '../../src/conformance/compare/renaming.ts'
import type { Expected } from '../../src/conformance/predict/prediction.ts'
import type { Observation } from '../../src/conformance/subject/observation.ts'

const main = { name: 'main', gil: { of: 'main', locked: true }, threadStates: [{ name: 'main thread state', counter: 1 }] }
const seen: Observation = {
  step: 0,
  outcome: { kind: 'returned' },
  cameBack: [],
  threads: [{ name: 'M', is: 'waiting for calls', current: 'main thread state', slot: 'main thread state' }],
  interpreters: [main],
  isExact: true,
}
const expected: Expected = { ...seen, outcome: { kind: 'returned' }, cameBack: [] }

function differences(ours: Partial<Expected>, theirs: Partial<Observation>): readonly string[] {
  return compareStep({ ...expected, ...ours }, { ...seen, ...theirs }, new Renaming()).differences.map(({ what }) => what)
}

/** A death of the model's whose thread has a slot that dangles, and one that is seen. */
const fatal = { kind: 'died', death: { kind: 'fatal', message: 'wrong thread state' }, mayPrintTheFreed: true } as const
const died = (kind: 'fatal' | 'use after free' | 'signal', message: string) => ({ kind: 'died', death: { kind, message } }) as const

describe('a step that agrees', () => {
  it('differs in nothing', () => {
    expect(differences({}, {})).toEqual([])
  })

  it('may name thread states differently, but always the same ones alike', () => {
    const renamed = { interpreters: [{ ...main, threadStates: [{ name: 'F#1', counter: 1 }] }] }
    const current = { threads: [{ name: 'M', is: 'waiting for calls', current: 'F#1', slot: 'F#1' } as const] }
    expect(differences({}, { ...renamed, ...current })).toEqual([])
    expect(differences({}, renamed)).not.toEqual([])
  })

  it('may die of what CPython prints about a slot that dangles, though not of anything else', () => {
    expect(differences({ outcome: fatal }, { outcome: died('fatal', 'PyEval_ReleaseThread: wrong thread state') })).toEqual([])
    expect(differences({ outcome: fatal }, { outcome: died('use after free', 'thread state a') })).toEqual([])
    expect(differences({ outcome: fatal }, { outcome: died('signal', 'SIGSEGV') })).toEqual(['the outcome'])
    expect(differences({ outcome: { ...fatal, mayPrintTheFreed: false } }, { outcome: died('use after free', 'a') })).toEqual([
      'the outcome',
    ])
  })
})

describe('a step that does not', () => {
  it.each<[string, Partial<Expected>, Partial<Observation>]>([
    ['where F is', {}, { threads: [...seen.threads, { name: 'F', is: 'blocked' }] }],
    ['whose GIL main uses', {}, { interpreters: [{ ...main, gil: { of: "s1'", locked: true } }] }],
    ['whether the GIL of main is locked', {}, { interpreters: [{ ...main, gil: { of: 'main', locked: false } }] }],
    ["whether interpreter s1' exists", {}, { interpreters: [main, { name: "s1'", threadStates: [] }] }],
    [
      'the gilstate_counter of main thread state',
      {},
      { interpreters: [{ ...main, threadStates: [{ name: 'main thread state', counter: 2 }] }] },
    ],
    ['the slot of M', {}, { threads: [{ name: 'M', is: 'waiting for calls', current: 'main thread state', slot: null }] }],
    ['whether F came back', {}, { cameBack: [{ thread: 'F', step: 0, outcome: { kind: 'returned' } }] }],
    ['the outcome', { outcome: { kind: 'returned', value: 'main' } }, { outcome: { kind: 'returned', value: "s1'" } }],
  ])('says %s', (what, ours, theirs) => {
    expect(differences(ours, theirs)).toEqual([what])
  })
})

describe('undefined behaviour', () => {
  it('is compared with nothing', () => {
    const { isUndefined, differences: none } = compareStep(
      { ...expected, outcome: { kind: 'undefined', cause: 'a freed thread state is used' } },
      { ...seen, outcome: died('signal', 'SIGSEGV') },
      new Renaming(),
    )
    expect({ isUndefined, none }).toEqual({ isUndefined: true, none: [] })
  })
})
