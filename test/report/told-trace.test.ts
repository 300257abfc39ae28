import { describe, expect, it } from 'vitest'
import { callsOf } from '../../src/report/c-calls.ts'
import { goesOn } from '../../src/report/finding.ts'
import { shownChanges } from '../../src/report/shown-changes.ts'
import type { ToldStep } from '../../src/report/told-step.ts'
import { tellTrace } from '../../src/report/told-trace.ts'
import { compareTraces, describeTraceDifference } from '../../src/report/trace-diff.ts'
import { evidence, steps, vocabulary } from './sample.ts'

const told = tellTrace(evidence, vocabulary)

describe('a told trace', () => {
  it('numbers its steps without gaps and marks context switches', () => {
    expect(told.steps.map(({ number, isContextSwitch }) => [number, isContextSwitch])).toEqual([
      [1, false],
      [2, true],
      [3, false],
      [4, false],
      [5, false],
    ])
  })

  it('names a thread state by its interpreter from the step that makes it', () => {
    expect(told.steps[2] && shownChanges(told.steps[2])).toEqual([
      'thread state 1 (main): absent → alive',
      'interpreter of thread state 1: none → main',
      'slot of thread 1: none → thread state 1 (main)',
    ])
  })

  it('shows locals only where nothing shared changes', () => {
    expect(told.steps[4] && shownChanges(told.steps[4])).toEqual(['tstate = thread state 1 (main)'])
  })

  it('marks what the program does not have', () => {
    const step = { ...told.steps[2], changes: told.steps[2]?.changes.filter(({ kind }) => kind === 'monitor') } as ToldStep
    expect(shownChanges(step)).toEqual(['monitor made by Ensure of thread state 1 (main): false → true'])
  })

  it('gives a thread state that is handed out again its new name', () => {
    const made = (interpreter: string) => [
      { what: 'interpreter of[thread state 1]', kind: 'shared' as const, from: 'none', to: interpreter },
      { what: 'current thread state', kind: 'shared' as const, from: 'none', to: 'thread state 1' },
    ]
    const forgotten = [
      { what: 'interpreter of[thread state 1]', kind: 'shared' as const, from: 'main', to: 'none' },
      { what: 'current thread state', kind: 'shared' as const, from: 'thread state 1', to: 'none' },
    ]
    const base = { thread: 'thread 1', calls: [], says: 'works', events: [] }
    const again = tellTrace(
      {
        ...evidence,
        standing: [],
        steps: [made('main'), forgotten, made('sub')].map((changes, i) => ({ ...base, number: i + 1, changes })),
      },
      vocabulary,
    )
    expect(again.steps.map(({ changes }) => [changes[1]?.from, changes[1]?.to])).toEqual([
      ['none', 'thread state 1 (main)'],
      ['thread state 1 (main)', 'none'],
      ['none', 'thread state 1 (sub)'],
    ])
  })

  it('tells a silent last step by where its thread then stands', () => {
    const silent = { number: 8, thread: 'thread 1', calls: [], says: goesOn, events: [], changes: [] }
    const standing = [{ thread: 'thread 1', calls: ['PyGILState_Release'], activation: 3, says: 'takes the GIL', isBlocked: true }]
    const last = tellTrace({ ...evidence, steps: [...steps, silent], standing }, vocabulary).steps.at(-1)
    expect(last).toMatchObject({ calls: ['PyGILState_Release'], says: 'waits for ever: never takes the GIL' })
  })
})

describe('C calls', () => {
  it('put steps of one outermost call together', () => {
    expect(told.calls.map(({ thread, name, firstStep, lastStep }) => [thread, name, firstStep, lastStep])).toEqual([
      ['main thread', 'PyEval_SaveThread', 1, 1],
      ['thread 1', 'PyGILState_Ensure', 2, 4],
      ['thread 1', 'PyEval_EvalFrameEx', 5, 5],
    ])
  })

  it('tell two calls of one function apart, and a call in a loop from the one before', () => {
    const step = (number: number, activation: number, says: string): ToldStep => ({
      number,
      thread: 'thread 1',
      calls: ['f'],
      activation,
      says,
      events: [],
      changes: [],
      isContextSwitch: false,
    })
    const calls = callsOf([step(1, 1, 'begins'), step(2, 1, 'ends'), step(3, 1, 'begins'), step(4, 2, 'begins')])
    expect(calls.map(({ firstStep, lastStep }) => [firstStep, lastStep])).toEqual([
      [1, 2],
      [3, 3],
      [4, 4],
    ])
  })
})

describe('the difference of two traces', () => {
  it('is the first step that is not shared', () => {
    const other = tellTrace({ ...evidence, steps: steps.slice(0, 3) }, vocabulary)
    const difference = compareTraces(told, other)
    expect(difference.sharedSteps).toBe(3)
    expect(describeTraceDifference(difference)).toBe(
      'The traces agree for 3 steps. Then in the first thread 1 takes the GIL (PyEval_RestoreThread); in the second nothing more happens.',
    )
  })

  it('is none for equal traces', () => {
    expect(describeTraceDifference(compareTraces(told, told))).toBe('The traces are the same, 5 steps.')
  })
})
