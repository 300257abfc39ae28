import type { EvidenceStep } from '../../../src/report/finding.ts'
import type { ChartVocabulary, HtmlInput, Place } from '../../../src/report/html/html-input.ts'
import { context, evidence, violated } from '../sample.ts'

const place = (what: string, initial: string, kind: Place['kind'] = 'shared'): Place => {
  const [, variable = what, inside] = /^(.*?)\[(.*)\]$/.exec(what) ?? []
  const of = variable === 'slot' ? 'OS thread' : variable === 'interpreter is' ? 'interpreter' : 'thread state'
  return { what, kind, variable, indices: inside === undefined ? [] : [{ of, name: inside }], initial, means: `C name of ${variable}` }
}

export const chart: ChartVocabulary = {
  takenBy: 'GIL was taken by',
  thread: 'OS thread',
  interpreter: 'interpreter',
  threadState: 'thread state',
  alwaysShown: new Map([
    ['slot', 'autoTSS slot'],
    ['thread state is', 'life'],
    ['counter of', 'gilstate counter'],
    ['interpreter is', 'life'],
  ]),
}

const places: readonly Place[] = [
  place('GIL is locked', 'true'),
  place('GIL was taken by', 'main thread', 'monitor'),
  place('current thread state', 'main thread state'),
  place('slot[main thread]', 'main thread state'),
  place('slot[thread 1]', 'none'),
  place('interpreter is[main]', 'alive'),
  place('interpreter is[sub]', 'alive'),
  place('thread state is[main thread state]', 'alive'),
  place('thread state is[thread state 1]', 'absent'),
  place('thread state is[thread state 2]', 'absent'),
  place('interpreter of[main thread state]', 'main'),
  place('interpreter of[thread state 1]', 'none'),
  place('counter of[main thread state]', '1'),
  place('counter of[thread state 1]', '0'),
]

/** Who took the lock, which the sample of the other pages leaves out. */
const takenBy: Readonly<Record<string, string>> = { true: 'thread 1', false: 'none' }

const steps = evidence.steps.map((step): EvidenceStep => {
  const lock = step.changes.find(({ what }) => what === 'GIL is locked')
  if (lock === undefined) return step
  const [from, to] = lock.to === 'true' ? ['none', 'thread 1'] : ['main thread', takenBy[lock.to] ?? '']
  return { ...step, changes: [...step.changes, { what: 'GIL was taken by', kind: 'monitor', from, to }] }
})

export const htmlInput: HtmlInput = {
  finding: { ...violated, evidence: { ...evidence, steps } },
  context,
  chart,
  places,
  program: { text: '/* a C program */\n#include <Python.h>\nint main(void) { return 1 < 2 && 2 > 1; }\n' },
}

/** A trace of so many steps in which two threads take turns with the lock. */
export function longInput(count: number): HtmlInput {
  const turns = Array.from({ length: count }, (_, i): EvidenceStep => {
    const [thread, threadState] = Math.floor(i / 2) % 2 === 0 ? ['main thread', 'main thread state'] : ['thread 1', 'thread state 1']
    const [from, to] = i % 2 === 0 ? ['true', 'false'] : ['false', 'true']
    const taker = Math.floor((i + 1) / 2) % 2 === 0 ? 'main thread' : 'thread 1'
    return {
      number: i + 1,
      thread: i % 2 === 0 ? thread : taker,
      calls: ['PyGILState_Ensure', 'PyEval_RestoreThread', 'take_gil'],
      says: i % 2 === 0 ? 'drops the GIL' : 'takes the GIL',
      source: { version: '3.2', file: 'Python/ceval_gil.h', symbol: 'take_gil' },
      events: [],
      changes: [
        { what: 'GIL is locked', kind: 'shared', from, to },
        { what: 'GIL was taken by', kind: 'monitor', from: 'none', to: i % 2 === 0 ? 'none' : taker },
        { what: 'current thread state', kind: 'shared', from: 'none', to: i % 2 === 0 ? 'none' : threadState },
      ],
    }
  })
  return { ...htmlInput, finding: { ...violated, evidence: { ...evidence, steps: turns } } }
}

export const hostileName = '</script><img src=x onerror="document.title=\'broken\'">&amp;\u2028'

/** The sample in which everything that has a name is called something that would like to be markup. */
export const hostileInput: HtmlInput = JSON.parse(
  JSON.stringify(htmlInput).replaceAll(/thread 1|PyGILState_Ensure|callback on a thread|takes the GIL|a C program/g, () =>
    JSON.stringify(hostileName).slice(1, -1),
  ),
  // A Map does not survive JSON.
  (key, value: unknown) => (key === 'alwaysShown' ? chart.alwaysShown : value),
)
