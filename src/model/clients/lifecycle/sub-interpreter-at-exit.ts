import type { StartedThread } from '../../cpython/thread/start.ts'
import type { Client } from '../client.ts'
import { withoutTheGil } from '../finalizing-stage.ts'
import { foreignEvent, tell, waitFor } from '../foreign-event.ts'
import type { Stage } from '../stage.ts'

const worker =
  'A thread of the main interpreter makes a sub-interpreter, runs code in it that blocks, ends it and goes back, as call_in_thread and InterpreterPoolExecutor of the interpreters module do (CPython issues 126016, 113127); meanwhile the main thread finalizes.'

export const subInterpreterOfADaemonAtExit: Client = {
  name: 'sub-interpreter-of-a-daemon-at-exit',
  title: 'sub-interpreter used by a daemon thread when the main one is finalized',
  says: `${worker} The thread is a daemon, and inside of the sub-interpreter when finalization begins.`,
  story: 'The runtime is finalized while a daemon thread is inside of a sub-interpreter.',
  kind: 'unmodified',
  finalizes: true,
  write: (stage) => runInside(stage, { kind: 'daemon', begins: 'when-all-are-inside' }),
}

export const subInterpreterMadeAtExit: Client = {
  name: 'sub-interpreter-made-at-exit',
  title: 'sub-interpreter made by a daemon thread when the main one is finalized',
  says: `${worker} The thread is a daemon, and may be just about to make the sub-interpreter when finalization begins.`,
  story: 'The runtime is finalized while a daemon thread makes a sub-interpreter.',
  kind: 'unmodified',
  finalizes: true,
  write: (stage) => runInside(stage, { kind: 'daemon', begins: 'at-any-time' }),
}

export const subInterpreterOfAJoinedThreadAtExit: Client = {
  name: 'sub-interpreter-of-a-joined-thread-at-exit',
  title: 'sub-interpreter used by a thread that is joined when the main one is finalized',
  says: `${worker} The thread is joined first.`,
  story: 'Finalization waits for a thread that is inside of a sub-interpreter.',
  kind: 'unmodified',
  finalizes: true,
  write: (stage) => runInside(stage, { kind: 'joined', begins: 'at-any-time' }),
}

interface Exit {
  readonly kind: StartedThread
  /** When the main thread begins to finalize. */
  readonly begins: 'at-any-time' | 'when-all-are-inside'
}

function runInside(stage: Stage, { kind, begins }: Exit): void {
  const { main, mainInterpreter } = stage
  const workers = stage.threads.slice(0, stage.subInterpreters.length)
  const areInside = workers.map(({ name }) => foreignEvent(stage, `${name} is inside of its sub-interpreter`))
  for (const thread of workers) {
    main.startThread(mainInterpreter, stage.bootOf(thread), { kind })
  }
  for (const [i, sub] of stage.subInterpreters.entries()) {
    const thread = stage.threads[i]
    thread?.asStartedThread(stage.bootOf(thread), (own) => {
      const made = thread.newInterpreter(sub)
      thread.python(sub)
      for (const event of areInside.slice(i, i + 1)) tell(thread, event)
      withoutTheGil(thread)
      thread.python(sub)
      thread.endInterpreter(made)
      thread.swap(own)
    })
  }
  withoutTheGil(main, () => {
    if (begins === 'when-all-are-inside') for (const event of areInside) waitFor(main, event)
  })
  main.finalize()
}
