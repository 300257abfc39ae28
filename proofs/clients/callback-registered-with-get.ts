import type { Client } from '../../src/model/clients/client.ts'
import { needsNewCalls } from '../../src/model/clients/client.ts'

export const callbackRegisteredWithGet: Client = {
  name: 'callback-registered-with-get',
  title: 'callback into the interpreter that PyThreadState_Get gave at registration',
  says: 'Code of a sub-interpreter registers a callback, and the wrapper keeps PyThreadState_Get()->interp; a thread of a library calls back with the calls the design adds and what was kept (msg126333).',
  kind: 'migrated',
  doesNotApply: needsNewCalls,
  write: (stage) => {
    const { main, runtime } = stage
    const registered = stage.shared('interpreter kept at registration', runtime.vocabulary.interpreterOrNone)
    const home = stage.makeFirstSubInterpreter()
    const current = main.get()
    main.set(registered, runtime.threadStates.interpreter.at(current), 'keeps the interpreter of the current thread state')
    stage.letGo()
    for (const thread of stage.threads) {
      stage.whenReady(thread)
      thread.repeat(stage.bounds.rounds, () => thread.migratedCallback(home, undefined, registered))
    }
  },
}
