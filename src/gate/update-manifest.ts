import type { FoundCell } from './found-cell.ts'
import { compareCells, gateKey } from './found-cell.ts'
import type { ExpectedCell, Manifest } from './manifest.ts'

/**
 * The manifest that expects what was found. A reason stays where the verdict stays; a new violation has an empty one, to be written. A trace
 * that is told in the same words stays as it is.
 */
export function updateManifest(manifest: Manifest, found: readonly FoundCell[]): Manifest {
  const before = new Map(manifest.cells.map((cell) => [gateKey(cell.cell), cell]))
  const cells = found.map((cell) => expect(cell, before.get(gateKey(cell.cell))))
  return { ...manifest, cells: cells.sort((left, right) => compareCells(left.cell, right.cell)) }
}

/** Cells that no manifest may record: never come to, or undecided without leave. */
export function notRecordable({ allowUndecided }: Manifest, found: readonly FoundCell[]): readonly FoundCell[] {
  return found.filter(({ verdict, isLeftOut }) => isLeftOut === true || (verdict === 'undecided' && !allowUndecided))
}

function expect({ cell, verdict, counterexample }: FoundCell, was: ExpectedCell | undefined): ExpectedCell {
  if (verdict !== 'violated' && verdict !== 'undecided') return { cell, verdict }
  const because = was?.verdict === verdict ? (was.because ?? '') : ''
  if (counterexample === undefined) return { cell, verdict, because }
  const { fingerprint, told } = counterexample
  const lines = told?.trace.map(({ text }) => text) ?? was?.counterexample?.lines ?? []
  return { cell, verdict, because, counterexample: { fingerprint, lines } }
}
