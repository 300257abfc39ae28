import type { CallName } from '../schedule/calls.ts'
import type { ScheduledCall } from '../schedule/schedule.ts'
import { cast } from './schedule-machine.ts'
import type { World, WorldReader } from './world.ts'

/** Why the machine cannot make a call though it knows it; undefined where it can. */
type Limit = (reader: WorldReader, world: World, thread: string) => string | undefined

/** The thread whose callbacks the machine has, not inside one. */
function hasNoCallbacks(reader: WorldReader, world: World, thread: string): boolean {
  return thread !== cast.main || reader.callbackOf(world, thread) !== undefined
}

const threadsOfThreading: Limit = (reader) =>
  reader.policy.keyIsSet === 'only-if-absent' ? 'where a thread of threading is when start returns is open up to 3.3' : undefined

const endsWithCallbacks: Limit = (reader, world, thread) =>
  hasNoCallbacks(reader, world, thread) && reader.hasCallbacks(world, reader.currentInterpreter(world, thread))
    ? 'callbacks are modelled in the main thread only, and not inside others'
    : undefined

const limits: { readonly [Name in CallName]?: Limit } = {
  'register an atexit callback': (reader, world, thread) =>
    reader.isInMain(world, thread) || reader.policy.gilIsCreated === 'at-initialization'
      ? undefined
      : 'when a sub-interpreter calls its atexit callbacks is open up to 3.6',
  Py_EndInterpreter: endsWithCallbacks,
  Py_FinalizeEx: (reader, world, thread) => {
    const isInSub = reader.currentInterpreter(world, thread) >= 0 && !reader.isInMain(world, thread)
    if (isInSub && reader.policy.finalizesWith === 'the-current-thread-state')
      return 'finalization from a sub-interpreter is not modelled up to 3.12'
    if (reader.subInterpreters(world).some((position) => reader.hasCallbacks(world, position)))
      return 'callbacks of sub-interpreters that finalization ends are not modelled'
    return endsWithCallbacks(reader, world, thread)
  },
  'start a threading thread': threadsOfThreading,
  'start a daemon thread': threadsOfThreading,
  return: (reader, world, thread) =>
    thread === cast.python || reader.callbackOf(world, thread) !== undefined ? undefined : 'the thread is not inside Python code',
}

export function limitOf(reader: WorldReader, world: World, { thread, call }: Pick<ScheduledCall, 'thread' | 'call'>): string | undefined {
  return limits[call]?.(reader, world, thread)
}
