import type { Client } from './client.ts'

export const saveWithoutTheGil: Client = {
  name: 'save-without-the-gil',
  title: 'SaveThread by a thread that holds nothing',
  says: "A foreign thread runs code wrapped in Py_BEGIN_ALLOW_THREADS without having attached: it takes the current thread state away from whichever thread runs, and drops that thread's GIL.",
  kind: 'wrong',
  write: (stage) => {
    stage.main.repeat(stage.bounds.rounds, () => stage.main.python(stage.mainInterpreter))
    stage.main.saveThread()
    const [offender, ...others] = stage.threads
    if (offender !== undefined) offender.restoreThread(offender.saveThread())
    stage.callBackIntoMain(others)
  },
}
