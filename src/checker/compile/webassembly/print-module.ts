import { Code, code } from '../code.ts'
import { tabulateIdentities } from '../identity-tables.ts'
import type { PreparedSystem } from '../prepare-system.ts'
import { allocatedScalarsets } from '../rename-identities.ts'
import { translateSystem } from '../translate/translate-system.ts'
import { Fields, locationsBegin } from './fields.ts'
import { CannotPrint } from './print-form.ts'
import { printIdentities } from './print-identities.ts'
import { printObservation } from './print-observation.ts'
import { partsPerThread, printProposals, proposalsBytes } from './print-proposals.ts'
import { printRenaming, scratchBytes } from './print-renaming.ts'
import type { SearchPlaces } from './print-search.ts'
import { batchBytes, mostFindings, printSearch } from './print-search.ts'
import { printSorting } from './print-sorting.ts'
import { printSuccessors, printVectorFunctions } from './print-successors.ts'

/** A WebAssembly module in text form, and where it keeps what. */
export interface PrintedModule {
  readonly text: string
  readonly places: SearchPlaces
}

/** The module that so many threads explore a system with, or why there is none: the search then stays with JavaScript. */
export function printModule(prepared: PreparedSystem, threads: number): PrintedModule | { readonly reason: string } {
  try {
    return print(prepared, threads)
  } catch (error) {
    if (error instanceof CannotPrint) return { reason: error.message }
    throw error
  }
}

function print(prepared: PreparedSystem, threads: number): PrintedModule {
  const { system, layout, renaming, order } = prepared
  const fields = new Fields(layout)
  const { locations } = fields
  const [vectorBytes, mostSuccessors] = [layout.wordCount * 4, system.actions.length]
  const [log, taken] = [0, mostFindings * 12]
  const scratch = taken + mostSuccessors * 4
  const successors = aligned(scratch + scratchBytes(layout.wordCount))
  const ownBegin = aligned(locationsBegin + locations.byteLength)
  const ownBytes = aligned(successors + batchBytes(vectorBytes, mostSuccessors))
  const gaveWay = ownBegin + threads * ownBytes
  const proposals = gaveWay + threads * partsPerThread * 4
  const vectors = aligned(threads === 1 ? gaveWay : proposals + proposalsBytes(vectorBytes, threads))
  const places = { threads, vectorBytes, log, taken, scratch, successors, ownBegin, ownBytes, gaveWay, proposals, vectors, mostSuccessors }
  const translated = translateSystem(prepared)
  const parts = [
    code`(import "search" "memory" (memory 1 65536${threads === 1 ? Code.nothing : code` shared`}))`,
    code`(import "search" "own" (global $own i32))`,
    code`(import "search" "scratch" (global $scratch i32))`,
    printSearch(places),
    ...(threads === 1 ? [] : [printProposals(places)]),
    printVectorFunctions(layout.wordCount),
    printIdentities(prepared, fields),
    ...(renaming ? [printRename(prepared, fields)] : []),
    ...(order.groups.length === 0 ? [] : [printSorting(order, fields)]),
    printSuccessors(translated, { fields, renaming, order }),
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
