import { readFile } from 'node:fs/promises'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { ShardResult } from '../../gate/merge-results.ts'
import { mergeResults } from '../../gate/merge-results.ts'
import { readResult } from '../../gate/result-document.ts'
import type { ExitStatus } from '../exit-status.ts'
import type { Terminal } from '../terminal.ts'
import type { GateFlags } from './gate-flags.ts'
import { gateLines } from './gate-lines.ts'
import type { ManifestFile } from './manifest-file.ts'
import { moduleFiles } from './manifest-file.ts'
import { placesOf } from './places.ts'
import { statusOf } from './run-gate.ts'
import { tellResult } from './write-outputs.ts'

/** Puts the results of all shards together; judges nothing. */
export async function mergeGate(terminal: Terminal, file: ManifestFile, flags: GateFlags): Promise<ExitStatus> {
  const { path, text, digest, manifest } = file
  const { merge = [], strictTraces = false } = flags
  const results = await Promise.all(merge.map(readShard))
  const merged = mergeResults(results, { manifest, path, digest, strictTraces })
  if (!merged.ok) throw new DiagnosticError(merged.diagnostics)
  const placeOf = placesOf(path, text, manifest, moduleFiles(path, manifest))
  await tellResult(terminal, merged.value, gateLines(merged.value, terminal.palette), { flags, placeOf })
  return statusOf(merged.value.outcome)
}

async function readShard(path: string): Promise<ShardResult> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    const hint = 'Each shard has to store what "gilproof gate --shard I/N --json" prints.'
    throw new DiagnosticError([{ code: 'MC612', message: `it cannot be read: ${error.message}`, hint, place: [path] }], { cause: error })
  })
  const read = readResult(text, path)
  if (!read.ok) throw new DiagnosticError(read.diagnostics)
  return { path, document: read.value }
}
