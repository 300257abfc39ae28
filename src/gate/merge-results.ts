import type { Checked, Diagnostic } from '../foundation/diagnostic.ts'
import { compareWithManifest, outcomeOf } from './compare-cells.ts'
import { compareCells } from './found-cell.ts'
import type { GateResult } from './gate-result.ts'
import type { Manifest } from './manifest.ts'
import type { ResultDocument } from './result-document.ts'
import { foundCellsOf } from './result-document.ts'

/** A result with the file it came from, for messages. */
export interface ShardResult {
  readonly path: string
  readonly document: ResultDocument
}

/** The manifest that the results must be of. */
export interface MergeInput {
  readonly manifest: Manifest
  readonly path: string
  readonly digest: string
  readonly strictTraces: boolean
}

/**
 * The result of all shards together, compared with the manifest anew. MC612 unless there is each shard once, all of this manifest and of one
 * version of gilproof.
 */
export function mergeResults(results: readonly ShardResult[], { manifest, path, digest, strictTraces }: MergeInput): Checked<GateResult> {
  const [first] = results
  if (first === undefined) return { ok: false, diagnostics: [unfit('found no results; expected those of all shards', [])] }
  const problems = results.flatMap((result) => problemsOf(result, first, digest))
  const incomplete = problems.length > 0 ? [] : missingShards(results)
  const diagnostics = [...problems, ...incomplete]
  if (diagnostics.length > 0) return { ok: false, diagnostics }
  const found = results.flatMap(({ document }) => foundCellsOf(document)).sort((left, right) => compareCells(left.cell, right.cell))
  const comparison = compareWithManifest(manifest.cells, found)
  const {
    version,
    engine,
    manifest: { modules },
  } = first.document
  return {
    ok: true,
    value: {
      version,
      engine,
      manifest: { path, digest, modules },
      strictTraces,
      outcome: outcomeOf(comparison, { strictTraces }),
      comparison,
      found,
    },
  }
}

function problemsOf({ path, document }: ShardResult, first: ShardResult, digest: string): readonly Diagnostic[] {
  const { manifest, engine, shard } = document
  if (manifest.digest !== digest) return [unfit('found the result of another manifest; expected one of the manifest as it is now', [path])]
  if (engine !== first.document.engine) return [unfit(`found another version of gilproof than in ${first.path}`, [path])]
  if (shard === undefined) return [unfit('found the result of a whole run; expected one of a shard', [path])]
  const { of } = first.document.shard ?? shard
  return shard.of === of ? [] : [unfit(`found shard ${shard.index}/${shard.of}; expected one of ${of}`, [path])]
}

/** Each from 1 to n must be there once. */
function missingShards(results: readonly ShardResult[]): readonly Diagnostic[] {
  const of = results[0]?.document.shard?.of ?? 0
  return Array.from({ length: of }, (_, i) => i + 1).flatMap((index) => {
    const same = results.filter(({ document }) => document.shard?.index === index)
    if (same.length === 1) return []
    if (same.length === 0) return [unfit(`shard ${index}/${of} is missing`, [])]
    return [
      unfit(
        `shard ${index}/${of} is there ${same.length} times`,
        same.map(({ path }) => path),
      ),
    ]
  })
}

function unfit(message: string, place: readonly string[]): Diagnostic {
  const hint = 'Give the result of each shard once: "gilproof gate --merge shard-*.json".'
  return { code: 'MC612', message, hint, place: place.length === 0 ? ['--merge'] : place }
}
