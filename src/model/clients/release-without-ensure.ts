import { literal } from '../language/builder.ts'
import type { Client } from './client.ts'

export const releaseWithoutEnsure: Client = {
  name: 'release-without-ensure',
  title: 'Release without an Ensure',
  says: 'A thread started by Python calls PyGILState_Release once too often, as an asymmetric clean-up does (the begin and end helpers of wxPython, wxpy_api.sip, can): its own thread state is destroyed under it, and the GIL is let go.',
  kind: 'wrong',
  write: (stage) => {
    const unlocked = literal(stage.runtime.vocabulary.gilstateState, 1)
    stage.startHomeThreads((thread, home) => {
      thread.python(home)
      thread.release(unlocked)
      thread.python(home)
    })
  },
}
