import type { Client } from './client.ts'

export const ensureThenNewInterpreter: Client = {
  name: 'ensure-then-new-interpreter',
  title: 'foreign thread that makes a sub-interpreter inside Ensure',
  says: 'A foreign thread takes the GIL with PyGILState_Ensure and makes a sub-interpreter, as mod_wsgi creates interpreters on demand (wsgi_interp.c); extension code in it lets the GIL go and calls back; then Py_EndInterpreter, swap back, Release. The other threads call back into the main interpreter meanwhile.',
  kind: 'unmodified',
  write: (stage) => {
    stage.letGo()
    const [maker, ...others] = stage.threads
    const home = stage.homeOf(0)
    const hasSub = stage.subInterpreters.length > 0
    if (maker !== undefined) {
      maker.callback(stage.mainInterpreter, () => {
        const outer = maker.get()
        const made = hasSub ? maker.newInterpreter(home) : outer
        maker.python(home)
        const saved = maker.saveThread()
        maker.repeat(stage.bounds.rounds, () => maker.callback(home))
        maker.restoreThread(saved)
        if (hasSub) {
          maker.endInterpreter(made)
          maker.swap(outer)
        }
      })
    }
    stage.callBackIntoMain(others)
  },
}
