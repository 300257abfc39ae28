import type { Client } from '../../src/model/clients/client.ts'
import { needsInterpreterSwap } from '../../src/model/clients/client.ts'

export const setsTheInterpreterInsideACallback: Client = {
  name: 'sets-the-interpreter-inside-a-callback',
  title: 'PyInterpreterState_Swap between Ensure and Release',
  says: 'A foreign thread is called back in the main interpreter, sets another interpreter while it holds the GIL, and is called back in that without letting the GIL go: what the validation asked for in msg126348 is to refuse.',
  kind: 'wrong',
  doesNotApply: needsInterpreterSwap,
  write: (stage) => {
    stage.setUp()
    stage.eachThread((thread, home) => {
      thread.callback(stage.mainInterpreter, () => {
        thread.swapInterpreter(home)
        thread.callback(home)
      })
    })
  },
}
