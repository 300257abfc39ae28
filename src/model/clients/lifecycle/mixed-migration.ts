import type { Client } from '../client.ts'
import { needsThreadStateEnsure } from '../client.ts'
import { withoutTheGil } from '../finalizing-stage.ts'
import { onThreadOfMain } from '../first-thread.ts'

const mixed =
  'Two libraries call back one after the other on the same thread, with the GIL let go: the first was migrated and asks for the main interpreter with PyThreadState_EnsureFromView, the second was not and calls PyGILState_Ensure.'

export const mixesViewsWithGilstate: Client = {
  name: 'mixes-views-with-gilstate',
  title: 'callback with a view of main, then a plain callback, on a thread of another interpreter',
  says: `${mixed} Python code of another interpreter started the thread, and the second callback belongs there.`,
  story: 'A thread of a sub-interpreter visits the main one with a view, and is then called back at home with PyGILState_Ensure.',
  kind: 'migrated',
  doesNotApply: needsThreadStateEnsure,
  threadStates: ({ threads, interpreters }) => threads * 3 + interpreters,
  write: (stage) => {
    const { mainInterpreter } = stage
    const [thread] = stage.threads
    if (thread === undefined) return
    const home = stage.homeOf(0)
    stage.setUp(() => stage.main.startThread(home, stage.bootOf(thread)))
    thread.asStartedThread(stage.bootOf(thread), () => {
      withoutTheGil(thread, () => {
        thread.repeat(stage.bounds.rounds, () => {
          thread.viewedCallback(mainInterpreter, mainInterpreter)
          thread.callback(home)
        })
      })
      thread.python(home)
    })
  },
}

export const mixesViewsWithGilstateInMain: Client = {
  name: 'mixes-views-with-gilstate-in-main',
  title: 'callback with a view of a sub-interpreter, then a plain callback, on a thread of main',
  says: `${mixed.replace('the main interpreter', 'a sub-interpreter')} Python code of the main interpreter started the thread, and the second callback belongs there.`,
  story: 'A thread of the main interpreter visits another one with a view, and is then called back at home with PyGILState_Ensure.',
  kind: 'migrated',
  doesNotApply: needsThreadStateEnsure,
  threadStates: ({ threads, interpreters }) => threads * 3 + interpreters,
  write: (stage) => {
    const { mainInterpreter } = stage
    onThreadOfMain(stage, (thread, visited) => {
      withoutTheGil(thread, () => {
        thread.repeat(stage.bounds.rounds, () => {
          thread.viewedCallback(visited, visited)
          thread.callback(mainInterpreter)
        })
      })
      thread.python(mainInterpreter)
    })
  },
}
