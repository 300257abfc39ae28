import type { Client } from '../client.ts'
import { foreignMutex, lock, unlock } from '../foreign-mutex.ts'

const wrapper =
  'PyOS_Readline (Parser/myreadline.c, up to 3.12) notes the thread state of the thread that asks for input in one global, lets the GIL go, and takes its lock.'

export const readlineOverwritesItsThreadState: Client = {
  name: 'readline-overwrites-its-thread-state',
  title: 'input hook that attaches the thread state of a global',
  says: `${wrapper} Its handler of signals attaches what the global holds. A second thread that asks for input notes its own thread state there before it waits for the lock.`,
  story: 'Two threads ask for input, and the hook of one attaches the thread state of the other.',
  kind: 'unmodified',
  write: (stage) => {
    const { threadStateOrNone } = stage.runtime.vocabulary
    const noted = stage.shared('_PyOS_ReadlineTState', threadStateOrNone)
    const input = foreignMutex(stage, '_PyOS_ReadlineLock')
    stage.startHomeThreads((thread, home) => {
      const found = thread.local('tstate of the hook', threadStateOrNone)
      thread.repeat(stage.bounds.rounds, () => {
        const self = thread.get()
        thread.set(noted, self, 'notes its thread state in _PyOS_ReadlineTState')
        const saved = thread.saveThread()
        lock(thread, input)
        thread.set(found, noted, 'reads _PyOS_ReadlineTState')
        thread.restoreThread(found)
        thread.python(home)
        thread.saveThread()
        unlock(thread, input)
        thread.restoreThread(saved)
      })
    })
  },
}

export const readlineCompletesInMain: Client = {
  name: 'readline-completes-in-main',
  title: 'input hook of the main interpreter on the thread that asks for input',
  says: `${wrapper} The completer of the readline module (Modules/readline.c) is a Python function of the main interpreter, called on that thread with PyGILState_Ensure; the thread may belong to another interpreter.`,
  story: 'A thread of a sub-interpreter asks for input, and the completer of the main interpreter is called.',
  kind: 'unmodified',
  write: (stage) => {
    const input = foreignMutex(stage, '_PyOS_ReadlineLock')
    stage.startHomeThreads((thread, home) => {
      thread.repeat(stage.bounds.rounds, () => {
        const saved = thread.saveThread()
        lock(thread, input)
        thread.callback(stage.mainInterpreter)
        unlock(thread, input)
        thread.restoreThread(saved)
        thread.python(home)
      })
    })
  },
}
