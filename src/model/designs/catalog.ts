import { changesets } from './changesets.ts'
import { coghlan } from './coghlan.ts'
import type { Design, NamedReading } from './design.ts'
import { readingsOf } from './design.ts'
import { dumpletonAutomatic } from './dumpleton-automatic.ts'
import { dumpletonSwap } from './dumpleton-swap.ts'
import { pitrou } from './pitrou.ts'
import { pitrouSaveThread } from './pitrou-save-thread.ts'
import { statusQuo } from './status-quo.ts'

/** Every design, in the order of the debate. */
export const designs: readonly Design[] = [statusQuo, pitrou, dumpletonSwap, pitrouSaveThread, coghlan, dumpletonAutomatic, changesets]

/** Every reading and variation of every design. */
export const namedReadings: readonly NamedReading[] = designs.flatMap(readingsOf)
