import type { FoundCell } from '../../gate/found-cell.ts'
import type { GateResult } from '../../gate/gate-result.ts'
import { manifestText } from '../../gate/manifest-text.ts'
import { nameOfCell } from '../../gate/say-change.ts'
import { sayExpectations } from '../../gate/say-outcome.ts'
import { notRecordable, updateManifest } from '../../gate/update-manifest.ts'
import type { ExitStatus } from '../exit-status.ts'
import { exitStatus } from '../exit-status.ts'
import { count } from '../finding-lines.ts'
import type { Terminal } from '../terminal.ts'
import { writeOneFile } from '../write-files.ts'
import type { GateFlags } from './gate-flags.ts'
import { changeLines } from './gate-lines.ts'
import type { ManifestFile } from './manifest-file.ts'
import { moduleFiles } from './manifest-file.ts'
import { placesOf } from './places.ts'
import { runGate } from './run-gate.ts'
import { tellResult } from './write-outputs.ts'

/** Undecided cells told by name when nothing is written. */
const mostNamed = 10

/** Judges everything, records what was found, and says what changed; a first manifest has no changes to tell. */
export async function updateGate(terminal: Terminal, gate: ManifestFile, flags: GateFlags, isFirst: boolean): Promise<ExitStatus> {
  const result = await runGate(terminal, gate, flags)
  const refused = notRecordable(gate.manifest, result.found)
  const lines = refused.length > 0 ? refusalLines(gate.path, refused) : await record(terminal, gate, result, isFirst)
  const placeOf = placesOf(gate.path, gate.text, gate.manifest, moduleFiles(gate.path, gate.manifest))
  await tellResult(terminal, result, lines, { flags, placeOf })
  return refused.length > 0 ? exitStatus.undecided : exitStatus.asExpected
}

/** Writes the manifest, and gives the lines that say so. */
async function record(
  { palette }: Terminal,
  { path, text, manifest }: ManifestFile,
  result: GateResult,
  isFirst: boolean,
): Promise<readonly string[]> {
  const updated = updateManifest(manifest, result.found)
  const written = manifestText(updated)
  if (written !== text) await writeOneFile(path, written)
  const { changes } = result.comparison
  const empty = updated.cells.filter(({ verdict, because = '' }) => verdict === 'violated' && because.trim() === '').length
  return [
    ...(isFirst ? [] : changes.flatMap((change) => changeLines(change, result, palette, 'short'))),
    palette.strong(`${path}: ${headline(isFirst, written !== text, changes.length)}.`),
    `It expects ${sayExpectations(updated.cells)}.`,
    ...(empty === 0 ? [] : [`${count(empty, 'violation')} accepted without a reason: fill in "because".`]),
  ]
}

function headline(isFirst: boolean, isWritten: boolean, changes: number): string {
  if (isFirst) return 'written'
  if (!isWritten) return 'nothing to change'
  return changes === 0 ? 'written in its usual form' : `written, with ${count(changes, 'change')}`
}

function refusalLines(path: string, refused: readonly FoundCell[]): readonly string[] {
  const isLeftOut = refused.some((cell) => cell.isLeftOut === true)
  const more = refused.length - mostNamed
  return [
    `${path}: not written, because ${count(refused.length, 'cell')} could not be decided:`,
    ...refused.slice(0, mostNamed).map(({ cell, reason = 'unknown' }) => `  ${nameOfCell(cell)}: ${reason}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    isLeftOut
      ? 'Run it again with more time; what was judged is in the cache.'
      : 'Raise its limits or make its bounds smaller; to record them as undecided, set "allowUndecided" in it, or give --allow-undecided to --init.',
  ]
}
