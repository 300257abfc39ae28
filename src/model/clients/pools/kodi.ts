import { falsehood, truth } from '../../language/builder.ts'
import { boolean } from '../../language/domain.ts'
import type { Client } from '../client.ts'
import { withoutTheGil } from '../finalizing-stage.ts'
import { foreignMutex, lock, unlock, whileLocked } from '../foreign-mutex.ts'
import { swapBack } from '../swap-back.ts'

export const kodiStopsAScript: Client = {
  name: 'kodi-stops-a-script',
  title: 'attaches to the interpreter of a script while the script ends it',
  says: 'Kodi (xbmc/interfaces/python/PythonInvoker.cpp) runs each add-on on a thread of its own, in a sub-interpreter made with a spare main thread state. Whoever stops it makes a thread state in its interpreter under a lock, attaches that after it gave the lock up, and deletes it; meanwhile the script may end and call Py_EndInterpreter.',
  story: 'One thread ends the interpreter of its script between the look and the attaching of another.',
  kind: 'wrong',
  write: (stage) => {
    const [sub] = stage.subInterpreters
    const [script, ...stoppers] = stage.threads
    if (sub === undefined || script === undefined) return
    const critical = foreignMutex(stage, 'the lock of the script')
    const isRunning = stage.shared('the script runs', boolean)
    stage.letGo()
    stage.whenReady(script)
    const spare = script.newThreadState(stage.mainInterpreter)
    script.restoreThread(spare)
    const own = script.newInterpreter(sub)
    script.releaseThread(own)
    script.restoreThread(own)
    script.set(isRunning, truth, 'says that its script runs')
    script.python(sub)
    withoutTheGil(script)
    script.releaseThread(own)
    whileLocked(script, critical, () => script.set(isRunning, falsehood, 'says that its script is over'))
    script.restoreThread(own)
    script.endInterpreter(own)
    swapBack(script, spare)
    script.clear(spare)
    script.deleteCurrent()
    for (const stopper of stoppers) {
      lock(stopper, critical)
      stopper.when(
        isRunning,
        () => {
          const visitor = stopper.newThreadState(sub)
          unlock(stopper, critical)
          stopper.restoreThread(visitor)
          stopper.python(sub)
          stopper.clear(visitor)
          stopper.deleteCurrent()
        },
        () => unlock(stopper, critical),
      )
    }
  },
}
