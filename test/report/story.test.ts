import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../src/report/finding.ts'
import { tellStory } from '../../src/report/story.ts'
import { tellTrace } from '../../src/report/told-trace.ts'
import { context, evidence, vocabulary } from './sample.ts'

function story(of: Evidence, promise = context.promise): string {
  return tellStory(tellTrace(of, vocabulary), of, { ...context, promise }).join(' ')
}

describe('the story of a counterexample', () => {
  it('names the threads, thread states and interpreters of the trace', () => {
    expect(story(evidence)).toBe(
      'Thread 1 calls PyGILState_Ensure, which makes and attaches thread state 1 (main): it reads its GILState slot and finds nothing. ' +
        'In the end thread 1, in PyEval_EvalFrameEx, with thread state 1 (main) attached, runs Python code: thread state used by the wrong interpreter. ' +
        'The callback sees the modules of another interpreter.',
    )
  })

  it('takes the words of the promise where it has some', () => {
    expect(story(evidence, { ...context.promise, story: '{thread} runs with {attached} after {call}.' })).toContain(
      'Thread 1 runs with thread state 1 (main) after PyEval_EvalFrameEx.',
    )
  })

  it('says who waits for whom in a deadlock', () => {
    const blocked = (thread: string) => ({ thread, calls: ['PyGILState_Ensure', 'take_gil'], says: 'takes the GIL', isBlocked: true })
    const stuck = { ...evidence, standing: [blocked('main thread'), blocked('thread 1')] }
    expect(story(stuck)).toContain(
      'Now nobody can go on: main thread waits in take_gil, called by PyGILState_Ensure; ' +
        'thread 1 waits in take_gil, called by PyGILState_Ensure, with thread state 1 (main) attached, while it holds the GIL itself.',
    )
  })

  it('needs no steps', () => {
    expect(story({ ...evidence, steps: [] })).toContain('broken from the start')
  })
})
