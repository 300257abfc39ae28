import type { World, WorldReader } from '../predict/world.ts'

/** What decides which calls a thread that waits for its next one may make. */
export interface CallingThread {
  readonly thread: string
  /** It has something current, and the GIL; or the main thread has, where there is no GIL. */
  readonly isAttached: boolean
  /** Position of the interpreter of what it has current; -1 for none. */
  readonly interpreter: number
  /** What it has current is of the main interpreter. */
  readonly isInMain: boolean
  /** What it has current is of an interpreter that uses the main interpreter's GIL. */
  readonly usesMainGil: boolean
  readonly isAtHome: boolean
  /** What it has current is in its slot. */
  readonly isInItsSlot: boolean
  /** The callback in which it waits for calls. */
  readonly inside: string | undefined
  /** Another thread has the same thread state current: what Python code does with it then is nobody's promise. */
  readonly sharesItsThreadState: boolean
}

export function callingThread(world: World, reader: WorldReader, thread: string): CallingThread {
  const current = reader.currentOf(world, thread)
  const isAtHome = reader.isAtHome(world, thread)
  return {
    thread,
    interpreter: reader.currentInterpreter(world, thread),
    isInMain: reader.isInMain(world, thread),
    isAttached: current !== undefined && (reader.gilExists(world) ? reader.holdsTheGil(world, thread) : isAtHome),
    usesMainGil: reader.usesMainGil(world, thread),
    isAtHome,
    isInItsSlot: reader.slotOf(world, thread) === current,
    inside: reader.callbackOf(world, thread),
    sharesItsThreadState: reader.sharesItsThreadState(world, thread),
  }
}
