import { cast } from '../predict/schedule-machine.ts'
import type { World, WorldReader } from '../predict/world.ts'

/** After this step the model says something else than CPython for a reason that we know: it knows identities, and CPython addresses. */
export function isUnforeseeable(reader: WorldReader, before: World, after: World): boolean {
  return losesHome(reader, after) || reader.hasLostHome(after) || takesAnAddressAgain(reader, before, after)
}

/** The thread state that an interpreter ends with, while its callbacks run, is gone: since 3.13 the next one counts as the one that finalizes. */
function losesHome(reader: WorldReader, after: World): boolean {
  const home = reader.homeOf(after, cast.main) ?? ''
  return reader.callbackOf(after, cast.main) !== undefined && reader.interpreterOfNamed(after, home) < 0
}

/**
 * A thread state is made while some thread still points to one of the same interpreter that is gone. Since 3.13 the memory of an interpreter's
 * first thread state is used again, so that the old pointer may be the new one. Python/pystate.c alloc_threadstate (3.13).
 */
function takesAnAddressAgain(reader: WorldReader, before: World, after: World): boolean {
  if (reader.policy.attaching !== 'attaches') return false
  const alive = reader.alive(after)
  const old = reader.alive(before)
  const made = alive.filter((identity) => !old.includes(identity))
  const gone = reader.pointedAt(before).filter((identity) => !old.includes(identity))
  return made.some((identity) => gone.some((other) => reader.interpreterOf(after, identity) === reader.interpreterOf(before, other)))
}
