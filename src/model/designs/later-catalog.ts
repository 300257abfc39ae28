import type { Design, NamedReading } from './design.ts'
import { readingsOf } from './design.ts'
import { ensureWithInterpreter } from './ensure-with-interpreter.ts'
import { finalizeBlocks } from './finalize-blocks.ts'
import { pep788 } from './pep-788.ts'
import { slotFollowsAttach } from './slot-follows-attach.ts'

/** What was designed and released after the debate of 2010 and 2011, oldest first. */
export const laterDesigns: readonly Design[] = [finalizeBlocks, slotFollowsAttach, ensureWithInterpreter, pep788]

/** Every reading and variation of every one of them. */
export const laterReadings: readonly NamedReading[] = laterDesigns.flatMap(readingsOf)
