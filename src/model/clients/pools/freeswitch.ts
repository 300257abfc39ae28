import { isNone, none, not } from '../../language/builder.ts'
import type { Client } from '../client.ts'
import { withoutTheGil } from '../finalizing-stage.ts'
import { onFirstThread } from '../first-thread.ts'

export const freeswitchShutsDown: Client = {
  name: 'freeswitch-shuts-down',
  title: 'shutdown that swaps in the thread states of running scripts',
  says: 'mod_python3 of FreeSWITCH (mod_python3.c, freeswitch_python.cpp) runs each script with a thread state of its own, and publishes it. Its shutdown swaps in the thread state of every script that runs, to raise an exception in it, swaps the main one in, releases it, and finalizes with nothing attached.',
  story: 'The thread that shuts down swaps in the thread state of a script that is running, and finalizes without being attached.',
  kind: 'wrong',
  finalizes: true,
  write: (stage) => {
    const { main, mainInterpreter, runtime } = stage
    const { threadStateOrNone } = runtime.vocabulary
    const published = stage.threads.slice(0, 1).map(({ name }) => stage.shared(`published thread state of ${name}`, threadStateOrNone))
    stage.letGo()
    const running = main.local('thread state of a running script', threadStateOrNone)
    for (const place of published) {
      main.set(running, place, 'looks whether the script runs')
      main.when(not(isNone(running, threadStateOrNone)), () => void main.swap(running))
    }
    main.swap(runtime.mainThreadState)
    main.releaseThread(runtime.mainThreadState)
    const made = main.newThreadState(mainInterpreter)
    main.swap(made)
    main.releaseThread(made)
    main.finalize()
    onFirstThread(stage, (thread) => {
      const own = thread.newThreadState(mainInterpreter)
      thread.acquireThread(own)
      for (const place of published) {
        thread.set(place, own, 'publishes its thread state')
        thread.python(mainInterpreter)
        withoutTheGil(thread)
        thread.set(place, none(threadStateOrNone), 'takes its thread state back')
      }
      thread.clear(own)
      thread.releaseThread(own)
      thread.delete(own)
    })
  },
}
