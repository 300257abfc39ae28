/** Names of the variables that stories and diagrams speak of; they come with the model, since reports know none. */
export interface TraceVocabulary {
  /** What the running thread has attached: "current thread state". */
  readonly attached: string
  /** Whether the lock is taken: "GIL is locked". */
  readonly isLocked: string
  /** The thread that holds the lock in the initial state, and what it has attached. */
  readonly initially: { readonly thread: string; readonly attached: string }
  /** What readers call the lock: "GIL". */
  readonly lockName: string
  /** The array that says what an identity belongs to, "interpreter of": readers see "thread state 1 (sub)". */
  readonly belongsTo: string
  /** Arrays that say whether an identity is there: "thread state is", "interpreter is". */
  readonly lives: readonly string[]
  /** Value of those arrays while it is there. */
  readonly alive: string
}
