/** Why no schedule runs certain statements, by what they are called. */
const reasons: readonly (readonly [statement: RegExp, reason: string])[] = [
  [
    /^PyEval_EvalFrameEx: fatal error: (ceval: )?tstate mix-up$/,
    'the current thread state would have to change between two instructions of one call, and a schedule makes one call at a time',
  ],
  [
    /^PyEval_EvalFrameEx: fatal error: orphan tstate$/,
    'since 3.12 nobody but the thread itself changes what is current for it; before, see leave-current-behind',
  ],
  [
    /^PyEval_EvalFrameEx: is ended: /,
    'Python code would have to wait for the GIL while finalization begins; the bytecode of finalization lets it in at a moment that nobody can foretell',
  ],
  [/^wait_for_thread_shutdown: /, 'where a thread of threading is when its start returns is open up to 3.3'],
  [/^t_bootstrap: comes too late and returns$/, 'a thread would have to be started just before finalization begins, and run after it'],
  [
    /^PyInterpreterState_Delete: .*: remaining subinterpreters$/,
    'finalization ends all sub-interpreters before; deleting the main interpreter by hand crashes earlier',
  ],
  [/^_PyThreadState_Prealloc: .*(already initialized|id == 1)$/, 'who starts a thread has a thread state, so it is not the first one'],
  [
    /^resolve_final_tstate: looks at the current interpreter$/,
    'in a debug build another thread cannot attach the main thread state, which is in a slot already',
  ],
]

/** Why no schedule can run this statement; undefined where one might, and none was drawn. */
export function reasonOutOfReach(statement: string): string | undefined {
  return reasons.find(([pattern]) => pattern.test(statement))?.[1]
}
