import type { Client } from '../client.ts'
import { withoutTheGil } from '../finalizing-stage.ts'
import { foreignEvent, tell, waitFor } from '../foreign-event.ts'

export const jpypeWaitsForJavaThreads: Client = {
  name: 'jpype-waits-for-java-threads',
  title: 'shutdown that waits for foreign threads, while a reference queue goes on',
  says: 'Java threads call Python through JPype (native/common/jp_proxy.cpp) between PyGILState_Ensure and PyGILState_Release, and so does the thread of the reference queue (jp_reference_queue.cpp), to drop references. The shutdown waits without the GIL until the Java threads that are no daemons are done, and finalizes; the queue is a daemon.',
  story: 'The main thread waits for one foreign thread and finalizes while another still drops references.',
  kind: 'unmodified',
  finalizes: true,
  write: (stage) => {
    const { main, mainInterpreter } = stage
    const [proxy, ...queues] = stage.threads
    const isDone = foreignEvent(stage, 'the Java thread is done')
    if (proxy === undefined) return
    proxy.repeat(stage.bounds.rounds, () => void proxy.callback(mainInterpreter))
    tell(proxy, isDone)
    for (const queue of queues) queue.repeat(stage.bounds.rounds, () => void queue.callback(mainInterpreter))
    main.python(mainInterpreter)
    withoutTheGil(main, () => waitFor(main, isDone))
    main.finalize()
  },
}
