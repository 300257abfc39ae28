import type { Interpreter } from '../../cpython/vocabulary.ts'
import type { Term } from '../../language/builder.ts'
import type { Client } from '../client.ts'
import type { ClientThread } from '../client-thread.ts'

export const pyunoMakesAThreadStatePerCall: Client = {
  name: 'pyuno-makes-a-thread-state-per-call',
  title: 'a fresh thread state for every call, nested ones too',
  says: 'The UNO bridge of LibreOffice (pyuno/source/module/pyuno_runtime.cxx) keeps the interpreter itself. For each call into Python it makes a thread state there, acquires it, runs, clears it, releases it and deletes it without the GIL; a call out into UNO releases and acquires it, and may come back on the same thread, with another fresh one.',
  story: 'A call into Python calls out, and is called again on the same thread.',
  kind: 'unmodified',
  threadStates: ({ threads, interpreters }) => threads * 3 + interpreters,
  write: (stage) => {
    stage.setUp()
    stage.eachThread((thread, home) => {
      thread.repeat(stage.bounds.rounds, () => callPython(thread, home, () => callPython(thread, home)))
    })
  },
}

function callPython(thread: ClientThread, home: Term<Interpreter>, callOut?: () => void): void {
  const own = thread.newThreadState(home)
  thread.acquireThread(own)
  thread.python(home)
  if (callOut !== undefined) {
    thread.releaseThread(own)
    callOut()
    thread.acquireThread(own)
  }
  thread.clear(own)
  thread.releaseThread(own)
  thread.delete(own)
}
