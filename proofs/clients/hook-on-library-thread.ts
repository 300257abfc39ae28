import type { Client } from '../../src/model/clients/client.ts'
import { needsInterpreterSwap } from '../../src/model/clients/client.ts'

const hook =
  "An embedder gets code to run on a thread of a library before its first callback, a thread-start hook say, and sets the thread's interpreter there with PyInterpreterState_Swap (msg126351)."

export const hookOnLibraryThread: Client = {
  name: 'hook-on-library-thread',
  title: "embedder sets the interpreter of a library's thread beforehand",
  says: `${hook} The library then calls back with the plain pair into that interpreter.`,
  kind: 'migrated',
  doesNotApply: needsInterpreterSwap,
  write: (stage) => {
    stage.setUp()
    stage.eachThread((thread, home) => {
      thread.swapInterpreter(home)
      thread.repeat(stage.bounds.rounds, () => thread.callback(home))
    })
  },
}

export const hookOnSharedLibraryThread: Client = {
  name: 'hook-on-shared-library-thread',
  title: "embedder sets the interpreter of a library's thread that all interpreters share",
  says: `${hook} The library then calls back with the plain pair into whichever interpreter registered the callback that is due (msg126354).`,
  kind: 'migrated',
  doesNotApply: needsInterpreterSwap,
  write: (stage) => {
    stage.setUp()
    stage.eachThread((thread, chosen) => {
      thread.swapInterpreter(chosen)
      thread.repeat(stage.bounds.rounds, () => {
        thread.choose(
          ...stage.interpreters.map((home, i) => ({
            says: `calls the function that ${stage.nameOf(i)} registered`,
            do: () => void thread.callback(home),
          })),
        )
      })
    })
  },
}
