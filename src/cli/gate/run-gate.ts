import { dirname, resolve } from 'node:path'
import type { GateOutcome } from '../../gate/compare-cells.ts'
import { compareWithManifest, outcomeOf } from '../../gate/compare-cells.ts'
import { gateKey } from '../../gate/found-cell.ts'
import type { GateResult } from '../../gate/gate-result.ts'
import type { ExpectedCell, Manifest } from '../../gate/manifest.ts'
import type { Shard } from '../../gate/shard.ts'
import { itemsOfShard } from '../../gate/shard.ts'
import type { Task } from '../cells/task.ts'
import type { ExitStatus } from '../exit-status.ts'
import { exitStatus } from '../exit-status.ts'
import { loadModules } from '../load-modules.ts'
import { jobsOf } from '../options/jobs-option.ts'
import { packageVersion } from '../package-file.ts'
import type { Terminal } from '../terminal.ts'
import { removeOldEntries, usualCacheFolder } from './cache/cache-folder.ts'
import { codeDigests } from './cache/code-digests.ts'
import type { GateFlags } from './gate-flags.ts'
import { judgeCells } from './judge-cells.ts'
import type { ManifestFile } from './manifest-file.ts'
import { moduleFiles } from './manifest-file.ts'
import { planGate } from './plan-gate.ts'

/** Digits of the digest of the code in results. */
const engineLength = 12

/** Judges what a manifest covers, or a shard of it, and compares. */
export async function runGate(terminal: Terminal, { path, digest, manifest }: ManifestFile, flags: GateFlags): Promise<GateResult> {
  const { shard, budget, strictTraces = false } = flags
  const modules = moduleFiles(path, manifest)
  const plan = planGate(manifest, await loadModules(modules))
  const tasks = itemsOfShard(plan, shard)
  const digests = codeDigests()
  const folder = typeof flags.cache === 'string' ? flags.cache : usualCacheFolder(dirname(resolve(path)))
  const cache = flags.cache === false ? undefined : { folder, digests }
  const found = await judgeCells(terminal, tasks, {
    modules,
    fingerprints: new Map(
      manifest.cells.flatMap(({ cell, counterexample }) =>
        counterexample === undefined ? [] : [[gateKey(cell), counterexample.fingerprint]],
      ),
    ),
    jobs: jobsOf(flags),
    ...(cache === undefined ? {} : { cache }),
    ...(budget === undefined ? {} : { budget }),
  })
  if (cache !== undefined) await removeOldEntries(folder, Object.values(digests))
  const comparison = compareWithManifest(expectedOf(manifest, plan, shard), found)
  return {
    version: packageVersion(),
    engine: digests.everything.slice(0, engineLength),
    manifest: { path, digest, modules },
    ...(shard === undefined ? {} : { shard }),
    strictTraces,
    outcome: outcomeOf(comparison, { strictTraces }),
    comparison,
    found,
  }
}

/** What a shard answers for: the cells of its searches; the first one also for those of no search at all. */
function expectedOf({ cells }: Manifest, plan: readonly Task[], shard: Shard | undefined): readonly ExpectedCell[] {
  if (shard === undefined) return cells
  const own = new Set(itemsOfShard(plan, shard).map(scenarioKey))
  const all = new Set(plan.map(scenarioKey))
  return cells.filter(({ cell }) => own.has(scenarioKey(cell)) || (shard.index === 1 && !all.has(scenarioKey(cell))))
}

function scenarioKey({ reading, client, bounds }: Pick<Task, 'reading' | 'client' | 'bounds'>): string {
  return gateKey({ reading, client, bounds, property: '' })
}

export function statusOf(outcome: GateOutcome): ExitStatus {
  const statuses = { 'as-expected': exitStatus.asExpected, changed: exitStatus.violated, undecided: exitStatus.undecided } as const
  return statuses[outcome]
}
