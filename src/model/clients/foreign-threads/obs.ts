import type { Client } from '../client.ts'
import { onFirstThread } from '../first-thread.ts'
import { foreignMutex, whileLocked } from '../foreign-mutex.ts'

export const obsTicksUnderAMutex: Client = {
  name: 'obs-ticks-under-a-mutex',
  title: 'Python code run under a mutex that others take with the GIL',
  says: 'The scripting plugin of OBS Studio (shared/obs-scripting/obs-scripting-python.c) takes the GIL and then the mutex of its list of tick callbacks, in the graphics thread and in the thread that loads a script alike. But the Python code of a tick lets the GIL go now and then, while the mutex is held.',
  story: 'The graphics thread lets the GIL go inside a callback, and the thread that gets it waits for the mutex.',
  kind: 'wrong',
  write: (stage) => {
    const { main, mainInterpreter } = stage
    const ticks = foreignMutex(stage, 'tick_mutex')
    stage.letGo()
    main.callback(mainInterpreter, () => whileLocked(main, ticks, () => undefined))
    onFirstThread(stage, (graphics) => {
      graphics.repeat(stage.bounds.rounds, () => {
        graphics.callback(mainInterpreter, () => whileLocked(graphics, ticks, () => graphics.python(mainInterpreter)))
      })
    })
  },
}
