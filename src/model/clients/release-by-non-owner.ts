import type { Client } from './client.ts'

export const releaseByNonOwner: Client = {
  name: 'release-by-non-owner',
  title: 'lets go of a GIL that another thread holds',
  says: 'A foreign thread that holds nothing calls PyEval_ReleaseLock, or PyEval_ReleaseThread with the main thread state, while another thread runs Python: a clean-up path that runs twice. The C code keeps no owner of the lock and cannot tell.',
  kind: 'wrong',
  write: (stage) => {
    const { main, runtime } = stage
    main.repeat(stage.bounds.rounds, () => main.python(stage.mainInterpreter))
    main.saveThread()
    const [offender, ...others] = stage.threads
    offender?.choose(
      { says: 'calls PyEval_ReleaseLock', do: () => offender.releaseLock() },
      { says: 'calls PyEval_ReleaseThread', do: () => offender.releaseThread(runtime.mainThreadState) },
    )
    stage.callBackIntoMain(others)
  },
}
