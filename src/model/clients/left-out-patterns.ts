/** A pattern of real programs that is no client of the model. */
export interface LeftOutPattern {
  /** What it is and where it is from, in kebab-case. */
  readonly name: string
  /** Why it is left out. */
  readonly because: string
}

/** What was read in real programs and cannot be said in the model, or says nothing about the API. */
export const leftOutPatterns: readonly LeftOutPattern[] = [
  {
    name: 'lxml-keeps-its-context-in-the-thread-state',
    because:
      'The dictionary of a thread state (PyThreadState_GetDict in lxml, parser.pxi) is not modelled. That a thread keeps one thread state per interpreter, which the dictionary needs, is a promise of its own.',
  },
  {
    name: 'gdb-interrupts-python-from-a-signal-handler',
    because:
      'Signal handlers are not modelled (PyErr_SetInterrupt in gdb/python/python.c). Its nested callbacks are nested-callback-while-attached.',
  },
  {
    name: 'blender-counts-before-it-attaches',
    because:
      'The counter py_call_level (Blender, bpy_interface.cc) is changed without the GIL: a race on a variable of the program, in which no call of the API takes part.',
  },
  {
    name: 'mod-wsgi-raises-in-the-thread-of-a-request',
    because:
      'PyThreadState_SetAsyncExc looks a thread up by its number in the current interpreter (mod_wsgi, wsgi_daemon.c); thread numbers and asynchronous exceptions are not modelled.',
  },
  {
    name: 'mod-python-deletes-the-current-thread-state',
    because:
      'The path of mod_python.c on which the interpreter is not found deletes the thread state that is current: every release stops with a fatal error, in a program without any choice.',
  },
  {
    name: 'mod-python-pool-of-an-interpreter-with-own-gil',
    because: 'Races on the memory of the pool itself are not modelled: what a client shares changes in whole steps.',
  },
  {
    name: 'uwsgi-finalizes-in-a-signal-handler',
    because: 'Signal handlers are not modelled. An exit inside of a bare PyGILState_Ensure is vim-finalizes-inside-ensure.',
  },
  {
    name: 'pybind11-caches-the-last-interpreter',
    because:
      'Which of its internals pybind11 finds (a cache in a C++ thread_local) is a matter of its own memory; gil_scoped_acquire is pybind11-second-key.',
  },
  {
    name: 'pybind11-moves-a-thread-state-to-another-thread',
    because:
      'gil_scoped_release with disassociation is attach-anothers-thread-state: a thread state that another OS thread made is attached.',
  },
  {
    name: 'nanobind-counts-references-across-two-lives',
    because:
      'Reference counts of objects are not modelled: an INCREF that is left out because no guard was given, and a DECREF that is not.',
  },
  {
    name: 'pyo3-drains-its-pool-of-references',
    because:
      'Reference counts are not modelled. PyO3 drops deferred references in whatever interpreter attaches next, and refuses a second interpreter for that reason.',
  },
  {
    name: 'pyo3-destructors-of-an-ended-thread',
    because:
      'Destructors that pthread_exit runs in a thread which CPython ends (PyO3 change 6404) are not modelled: a thread that is ended does nothing more.',
  },
  {
    name: 'tracemalloc-hook-without-a-thread-state',
    because:
      'Allocation hooks are not modelled: PyThreadState_New is one step, so the lock of the list of thread states is not seen (CPython issues 96071, 155725).',
  },
  {
    name: 'free-threaded-builds',
    because: 'Only builds with a GIL are modelled.',
  },
  {
    name: 'fork-in-a-thread',
    because: 'fork is not modelled: the child would have one thread, and locks that nobody unlocks.',
  },
]
