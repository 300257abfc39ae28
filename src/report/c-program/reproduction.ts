/** A counterexample as data for a C program: calls in the order they are made, and what is expected of each. Names are CPython's. */
export interface Reproduction {
  /** "swig-callback-on-maker-thread on status-quo.cpython-3.2". */
  readonly title: string
  /** What happens, in sentences. */
  readonly story: readonly string[]
  /** The promise that is broken: what it says, and what a violation of it is called. */
  readonly promise: string
  readonly violation: string
  /** "CPython 3.2.0": what the model that found it is a model of. */
  readonly foundOn: string
  readonly replayCode: string
  /** What a reader must know: that the calls alone do not force it, for example. */
  readonly remarks: readonly string[]
  /** The first one is the main thread. */
  readonly threads: readonly ReproductionThread[]
  readonly steps: readonly ReproductionStep[]
  readonly evidence: ReproductionEvidence
  /** `PyEval_InitThreads` is called before the first step, where `Py_Initialize` does not create the lock. */
  readonly initializesThreads: boolean
}

export interface ReproductionThread {
  readonly name: string
  readonly startedBy: 'the system' | 'Python'
}

export interface ReproductionStep {
  readonly thread: string
  /** A C function, or words for what is more than one. */
  readonly call: string
  readonly arguments: readonly string[]
  readonly result?: string
  /** It returns, it waits for a later step or for ever, or it ends the process. */
  readonly expects: 'returns' | 'waits' | 'ends'
  /** Steps that waited and come back in this one, from 0. */
  readonly comesBack: readonly number[]
  /** Threads of Python's that come to their first call in this step. */
  readonly comesIn: readonly string[]
  /** For code that is run: the interpreter it belongs to. */
  readonly home?: string
}

/** What shows, after or in the last step, that the promise is broken. */
export type ReproductionEvidence =
  /** The code of the last step runs in another interpreter than its own. */
  | { readonly kind: 'wrong interpreter' }
  /** These steps, from 0, never come back. */
  | { readonly kind: 'blocked'; readonly steps: readonly number[] }
  /** `Py_FatalError`, with about this message. */
  | { readonly kind: 'fatal error'; readonly message: string }
  /** The C standard says nothing: mostly a crash. */
  | { readonly kind: 'crash'; readonly cause: string }
  /** The GILState slot of this thread points to a thread state that is in no list. */
  | { readonly kind: 'dangling slot'; readonly thread: string }
  /** The thread that makes the last call has two thread states in one interpreter. */
  | { readonly kind: 'two thread states' }
  /** It has attached a thread state of another thread. */
  | { readonly kind: "another thread's thread state" }
  /** So many thread states are left. */
  | { readonly kind: 'thread states left'; readonly count: number }
  /** Nothing more than that every call goes as the model says. */
  | { readonly kind: 'as foreseen' }
  /** Nothing that these calls could show: it takes luck, and another look than this program's. */
  | { readonly kind: 'not forced' }
