import type { Client } from '../client.ts'
import { withoutTheGil } from '../finalizing-stage.ts'

export const swigPointerDroppedElsewhere: Client = {
  name: 'swig-pointer-dropped-in-another-interpreter',
  title: 'smart pointer destroyed on a thread of another interpreter',
  says: 'The SwigPtr_PyObject of SWIG (pyrun.swg), and the director that gives up its Python object (director.swg), drop their reference between PyGILState_Ensure and PyGILState_Release on whatever thread destroys the last copy. Here a thread that Python code of the main interpreter started drops an object of a sub-interpreter, attached or not; the object has a finalizer.',
  story: 'A thread of the main interpreter destroys the last copy of a pointer to an object of the sub-interpreter.',
  kind: 'unmodified',
  write: (stage) => {
    stage.setUp(() => {
      for (const thread of stage.threads) stage.main.startThread(stage.mainInterpreter, stage.bootOf(thread))
    })
    for (const [i, thread] of stage.threads.entries()) {
      const dropReference = (): void => void thread.callback(stage.homeOf(i))
      thread.asStartedThread(stage.bootOf(thread), () => {
        thread.repeat(stage.bounds.rounds, () => {
          thread.choose(
            { says: 'drops it while attached', do: dropReference },
            { says: 'drops it without the GIL', do: () => withoutTheGil(thread, dropReference) },
          )
        })
      })
    }
  },
}
