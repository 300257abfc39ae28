import { describe, expect, it } from 'vitest'
import { cardData } from '../../../src/report/html/card-data.ts'
import { chartData, threadsOfInterest } from '../../../src/report/html/chart-data.ts'
import { tellTrace } from '../../../src/report/told-trace.ts'
import { vocabulary } from '../sample.ts'
import { chart, htmlInput } from './html-sample.ts'

const { finding, places } = htmlInput
const { evidence } = finding
if (evidence === undefined) throw new Error('the sample has evidence')
const told = tellTrace(evidence, vocabulary).steps
const { lanes, bandings, moments } = chartData(evidence, places, vocabulary, chart)

describe('the chart of a counterexample', () => {
  it('has a lane for each thread, for the lock, and for each interpreter', () => {
    expect(lanes.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'thread main thread',
      'thread thread 1',
      'lock GIL',
      'interpreter main',
      'interpreter sub',
    ])
  })

  it('fills the lanes of who holds the lock and of who is attached where, after each step', () => {
    const [main, worker] = [0, 1]
    expect(moments.map(({ banding }) => bandings[banding])).toEqual([
      [[main], [], [main], [main], []],
      [[], [], [], [], []],
      [[], [], [], [], []],
      [[], [], [], [], []],
      [[], [worker], [worker], [worker], []],
      [[], [worker], [worker], [worker], []],
    ])
  })

  it('draws arrows where a thread gives up or takes the lock and its interpreter', () => {
    expect(moments.flatMap(({ thread, arrows }, i) => arrows.map(([to, gives]) => [i, thread, gives ? 'gives' : 'takes', to]))).toEqual([
      [1, 0, 'gives', 2],
      [1, 0, 'gives', 3],
      [4, 1, 'takes', 2],
      [4, 1, 'takes', 3],
    ])
  })
})

describe('threads of interest', () => {
  const threads = ['main thread', 'thread 1', 'thread 2']

  it('take a step', () => {
    expect(threadsOfInterest({ ...evidence, threads }, vocabulary)).toEqual(['main thread', 'thread 1'])
  })

  it('or are stuck at the end', () => {
    const standing = [{ thread: 'thread 2', calls: [], says: 'waits', isBlocked: true }]
    expect(threadsOfInterest({ ...evidence, threads, standing }, vocabulary)).toEqual(threads)
  })
})

describe('the state beside the steps', () => {
  const data = cardData(htmlInput, evidence, told)
  const { cards } = data
  const historyOf = ({ cards, values }: typeof data, title: string, label: string) =>
    cards
      .find((card) => card.title === title)
      ?.fields.find((field) => field.label === label)
      ?.history.map(([since, value]) => [since, values[value]])

  it('has a card for what is ever there, and none for thread states that never are', () => {
    expect(cards.map(({ kind, title }) => `${kind}: ${title}`)).toEqual([
      'thread: main thread',
      'thread: thread 1',
      'thread state: main thread state',
      'thread state: thread state 1',
      'interpreter: main',
      'interpreter: sub',
      'process: process',
    ])
  })

  it.each([
    [
      'main thread',
      'attached',
      [
        [0, 'main thread state (main)'],
        [1, 'none'],
      ],
    ],
    [
      'main thread',
      'holds',
      [
        [0, 'GIL'],
        [1, 'none'],
      ],
    ],
    [
      'thread 1',
      'attached',
      [
        [0, 'none'],
        [4, 'thread state 1 (main)'],
      ],
    ],
    [
      'thread 1',
      'autoTSS slot',
      [
        [0, 'none'],
        [3, 'thread state 1'],
      ],
    ],
    [
      'main thread',
      'call stack',
      [
        [0, 'own code'],
        [1, 'PyEval_SaveThread\ndrop_gil'],
      ],
    ],
    [
      'thread state 1',
      'life',
      [
        [0, 'absent'],
        [3, 'alive'],
      ],
    ],
  ] as const)('knows of %s since when its %s is what it is', (title, label, history) => {
    expect(historyOf(data, title, label)).toEqual(history)
  })

  it('says of a thread that is blocked at the end what it waits for', () => {
    const standing = [{ thread: 'main thread', calls: ['take_gil'], says: 'takes the GIL', isBlocked: true }]
    const history = historyOf(cardData(htmlInput, { ...evidence, standing }, told), 'main thread', 'call stack')
    expect(history?.at(-1)).toEqual([5, 'take_gil\nblocked: never takes the GIL'])
  })

  it('tells where a thread comes to in a silent last step', () => {
    const standing = [{ thread: 'thread 1', calls: ['PyGILState_Release'], says: 'reads its slot', isBlocked: false }]
    const last = { number: 9, thread: 'thread 1', calls: [], says: 'goes on', events: [], changes: [] }
    const silent = { ...evidence, steps: [...evidence.steps, last], standing }
    const history = historyOf(cardData(htmlInput, silent, tellTrace(silent, vocabulary).steps), 'thread 1', 'call stack')
    expect(history?.at(-1)).toEqual([6, 'PyGILState_Release'])
  })
})
