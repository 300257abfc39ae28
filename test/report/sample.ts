import type { Evidence, EvidenceStep, Finding } from '../../src/report/finding.ts'
import type { ClientText, PageContext, PromiseText, ReadingText, ReportInput } from '../../src/report/report-input.ts'
import type { TraceVocabulary } from '../../src/report/trace-vocabulary.ts'

export const bounds = { threads: 1, interpreters: 2, rounds: 1 }

export const vocabulary: TraceVocabulary = {
  attached: 'current thread state',
  isLocked: 'GIL is locked',
  initially: { thread: 'main thread', attached: 'main thread state' },
  lockName: 'GIL',
  belongsTo: 'interpreter of',
  lives: ['thread state is', 'interpreter is'],
  alive: 'alive',
}

const pystate = (symbol: string) => ({ version: '3.2', file: 'Python/pystate.c', symbol })
const ceval = (symbol: string) => ({ version: '3.2', file: 'Python/ceval.c', symbol })
const shared = (what: string, from: string, to: string) => ({ what, kind: 'shared' as const, from, to })

/** A thread without a thread state calls back into "sub" and gets one of the main interpreter. Written by hand. */
export const steps: readonly EvidenceStep[] = [
  {
    number: 1,
    thread: 'main thread',
    calls: ['PyEval_SaveThread', 'drop_gil'],
    activation: 1,
    says: 'drops the GIL',
    source: ceval('drop_gil'),
    events: [],
    changes: [shared('current thread state', 'main thread state', 'none'), shared('GIL is locked', 'true', 'false')],
  },
  {
    number: 2,
    thread: 'thread 1',
    calls: ['PyGILState_Ensure'],
    activation: 1,
    says: 'reads its GILState slot',
    source: pystate('PyGILState_Ensure'),
    events: [],
    changes: [],
  },
  {
    number: 4,
    thread: 'thread 1',
    calls: ['PyGILState_Ensure', 'PyThreadState_New'],
    activation: 1,
    says: 'makes a thread state',
    source: pystate('PyThreadState_New'),
    events: [],
    changes: [
      shared('thread state is[thread state 1]', 'absent', 'alive'),
      shared('interpreter of[thread state 1]', 'none', 'main'),
      shared('slot[thread 1]', 'none', 'thread state 1'),
      { what: 'made by Ensure[thread state 1]', kind: 'monitor', from: 'false', to: 'true' },
    ],
  },
  {
    number: 6,
    thread: 'thread 1',
    calls: ['PyGILState_Ensure', 'PyEval_RestoreThread'],
    activation: 1,
    says: 'takes the GIL',
    source: ceval('take_gil'),
    events: [],
    changes: [shared('GIL is locked', 'false', 'true'), shared('current thread state', 'none', 'thread state 1')],
  },
  {
    number: 7,
    thread: 'thread 1',
    calls: ['PyEval_EvalFrameEx'],
    activation: 2,
    says: 'runs Python code',
    source: ceval('PyEval_EvalFrameEx'),
    events: ['runs Python code', 'runs Python code in the wrong interpreter'],
    changes: [{ what: 'thread 1.PyEval_EvalFrameEx.tstate', kind: 'local', from: 'none', to: 'thread state 1' }],
  },
]

export const evidence: Evidence = {
  replayCode: 'gp1:quo.released:fresh-thread:right-interpreter:1.2.1:1a2b3c4d5e6f:0101:9f3a',
  stepCount: 7,
  contextSwitches: 1,
  isShortest: true,
  threads: ['main thread', 'thread 1'],
  steps,
  standing: [{ thread: 'thread 1', calls: ['PyGILState_Release'], activation: 3, says: 'reads its GILState slot', isBlocked: false }],
}

const search = { coverage: 'exhaustive', distinctStates: 1234, transitions: 2345, diameter: 17 } as const
const cellOf = (reading: string, property: string) => ({ reading, client: 'fresh-thread', property, bounds })

export const violated: Finding = { cell: cellOf('quo.released', 'right-interpreter'), status: 'violated', search, evidence }
export const safe: Finding = { cell: cellOf('map.by-slot', 'right-interpreter'), status: 'safe', search }

export const client: ClientText = {
  name: 'fresh-thread',
  title: 'callback on a thread Python never saw',
  says: 'A C library calls back on a thread of its own: PyGILState_Ensure, the Python function, PyGILState_Release.',
  kind: 'unmodified',
}
export const promise: PromiseText = {
  name: 'right-interpreter',
  violation: 'thread state used by the wrong interpreter',
  says: 'Python code runs with a thread state of the interpreter it belongs to.',
  promisedBy: 'msg126333',
  consequence: 'The callback sees the modules of another interpreter.',
}

function reading(name: string, design: string, designTitle: string): ReadingText {
  return {
    name,
    design,
    designTitle,
    by: 'somebody',
    designSays: `${designTitle} in short.`,
    says: 'To the letter.',
    isVariation: false,
    differences: [],
  }
}
export const released = reading('quo.released', 'quo', 'Status quo')
export const bySlot = reading('map.by-slot', 'map', 'One slot per interpreter')
export const bySlotUnset: ReadingText = {
  ...reading('map.unset-is-main', 'map', 'One slot per interpreter'),
  says: 'Main, where nothing was set.',
  isVariation: true,
  question: 'What does a thread count as that never set anything?',
  differences: [{ decision: 'unsetMeans', nominal: 'fatal', here: 'main' }],
}

export const context: PageContext = { reading: released, client, promise, vocabulary }

export const input: ReportInput = {
  question: 'Which interpreter should PyGILState_Ensure attach?',
  bounds,
  readings: [released, bySlot, bySlotUnset],
  clients: [client],
  promises: [promise],
  findings: [violated, safe, { ...violated, cell: cellOf('map.unset-is-main', 'right-interpreter') }],
  dominances: [{ better: 'map.by-slot', worse: 'quo.released', gained: 1 }],
  keepsWorking: [],
  claims: [
    {
      kind: 'checkable',
      name: 'always-main',
      says: 'A thread that Python never saw always lands in the main interpreter.',
      by: 'Coghlan',
      messages: [126364],
      formalisation: 'The callback belongs to a sub-interpreter.',
      checks: [{ finding: violated, claims: 'broken', predicts: 'confirmed', outcome: 'confirmed' }],
    },
    {
      kind: 'uncheckable',
      name: 'nobody-cares',
      says: 'Nobody will change their code.',
      by: 'Dumpleton',
      messages: [126357],
      because: 'It speaks of people.',
    },
  ],
  vocabulary,
}
