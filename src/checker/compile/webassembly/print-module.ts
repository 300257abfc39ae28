import { Code, code } from '../code.ts'
import { tabulateIdentities } from '../identity-tables.ts'
import type { PreparedSystem } from '../prepare-system.ts'
import { allocatedScalarsets } from '../rename-identities.ts'
import { translateSystem } from '../translate/translate-system.ts'
import { Fields, locationsBegin } from './fields.ts'
import { CannotPrint } from './print-form.ts'
import { printIdentities } from './print-identities.ts'
import { printObservation } from './print-observation.ts'
import { printRenaming, scratchBytes } from './print-renaming.ts'
import type { SearchPlaces } from './print-search.ts'
import { batchBytes, mostFindings, printSearch } from './print-search.ts'
import { printSuccessors, printVectorFunctions } from './print-successors.ts'

/** A WebAssembly module in text form, and where it keeps what. */
export interface PrintedModule {
  readonly text: string
  readonly places: SearchPlaces
}

/** The module that explores a system, or why there is none: the search then stays with JavaScript. */
export function printModule(prepared: PreparedSystem): PrintedModule | { readonly reason: string } {
  try {
    return print(prepared)
  } catch (error) {
    if (error instanceof CannotPrint) return { reason: error.message }
    throw error
  }
}

function print(prepared: PreparedSystem): PrintedModule {
  const { system, layout, renaming } = prepared
  const fields = new Fields(layout)
  const { locations } = fields
  const log = aligned(locationsBegin + locations.byteLength)
  const taken = log + mostFindings * 12
  const scratch = taken + system.actions.length * 4
  const successors = aligned(scratch + scratchBytes(layout.wordCount))
  const [vectorBytes, mostSuccessors] = [layout.wordCount * 4, system.actions.length]
  const vectors = aligned(successors + batchBytes(vectorBytes, mostSuccessors))
  const places = { vectorBytes, log, taken, successors, vectors, mostSuccessors }
  const translated = translateSystem(prepared)
  const parts = [
    code`(import "search" "memory" (memory 1 65536))`,
    code`(global $scratch i32 (i32.const ${scratch}))`,
    printSearch(places),
    printVectorFunctions(layout.wordCount),
    printIdentities(prepared, fields),
    ...(renaming ? [printRename(prepared, fields)] : []),
    printSuccessors(translated, { fields, renaming }),
    printObservation(translated.observation, fields),
    code`(data (i32.const ${locationsBegin}) ${Code.bytes(new Uint8Array(locations.buffer))})`,
  ]
  return { text: code`(module\n${Code.lines(parts)})\n`.text, places }
}

function printRename({ system, slots }: PreparedSystem, fields: Fields): Code {
  const scalarsets = allocatedScalarsets(system).filter(({ interchangeable }) => interchangeable > 0)
  if (scalarsets.every(({ interchangeable }) => interchangeable < 2)) return code`(func $rename (param $s i32))`
  return printRenaming(tabulateIdentities(scalarsets, slots.shape), slots, fields)
}

/** A multiple of a cache line. */
function aligned(address: number): number {
  return Math.ceil(address / 64) * 64
}
