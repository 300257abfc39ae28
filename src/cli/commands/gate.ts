import type { Command } from 'commander'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import { usualManifest } from '../../gate/manifest.ts'
import type { Shard } from '../../gate/shard.ts'
import { parseShard } from '../../gate/shard.ts'
import type { ExitStatus } from '../exit-status.ts'
import { firstManifest } from '../gate/first-manifest.ts'
import type { GateFlags } from '../gate/gate-flags.ts'
import { parseBudget, refuseIdleFlags } from '../gate/gate-flags.ts'
import { gateLines } from '../gate/gate-lines.ts'
import type { ManifestFile } from '../gate/manifest-file.ts'
import { moduleFiles, mustBeThere, openManifest } from '../gate/manifest-file.ts'
import { mergeGate } from '../gate/merge-gate.ts'
import { placesOf } from '../gate/places.ts'
import { runGate, statusOf } from '../gate/run-gate.ts'
import { updateGate } from '../gate/update-gate.ts'
import { tellResult } from '../gate/write-outputs.ts'
import { addBoundsOptions } from '../options/bounds-options.ts'
import { refuse } from '../options/counts.ts'
import { addJobsOption } from '../options/jobs-option.ts'
import { addLimitOptions } from '../options/search-options.ts'
import { usualBounds } from '../options/usual-bounds.ts'
import type { Terminal } from '../terminal.ts'
import type { Finish } from './command.ts'

const examples = `
Examples:
  $ gilproof gate --init --module ./design.ts --client mod-wsgi-pool   write a first ${usualManifest}; then fill in "because"
  $ gilproof gate                                        is every verdict as the manifest says?
  $ gilproof gate --update                               record what changed; "because" stays
  $ gilproof gate --budget 5m --markdown comment.md      at most five minutes; a comment for the change
  $ gilproof gate --sarif gate.sarif --junit gate.xml    for code scanning, for test reports
  $ gilproof gate --shard 1/2 --json > shard-1.json      half of it, on one of two machines
  $ gilproof gate --merge shard-1.json shard-2.json      both halves together

Bounds and limits are for --init too: later they stand in the manifest.

A verdict that changes either way fails: what is violated and was not, and what is violated no more. So does a cell that the manifest does not
have, or that it alone has. A violation that comes about in another way is shown and does not fail, unless --strict-traces. Verdicts are kept
in a cache by what they depend on; each cached violation is replayed before it is believed. On GitHub it annotates and writes the step summary.
docs/gate.md has recipes.

Exit status: 0 as expected, 1 not as expected, 2 bad usage or input, 3 undecided (a limit was hit, or the budget was spent), 70 bug.`

export function gateCommand(program: Command, terminal: Terminal, finish: Finish): void {
  const command = program
    .command('gate')
    .summary('fail where a verdict is not the one kept in the repository')
    .description('Judges what a manifest covers, and fails where a verdict, either way, is not the one that it expects.')
    .argument('[manifest]', 'the manifest', usualManifest)
    .option('--init', 'write a first manifest')
    .option('--update', 'write what was found into the manifest, and say what changed')
    .option('--module <file...>', 'with --init: files that export designs, clients or promises')
    .option('--design <name...>', 'with --init: designs or readings; usual: those of the modules, or the status quo')
    .option('--client <name...>', 'with --init: clients; usual: those of the modules, or every client')
    .option('--property <name...>', 'with --init: promises; usual: all')
    .option('--allow-undecided', 'with --init: cells may be recorded as undecided')
    .option('--strict-traces', 'fail also where a violation comes about in another way')
    .option('--cache <folder>', 'where verdicts are kept; usual: node_modules/.cache/gilproof, or the cache folder of the user')
    .option('--no-cache', 'judge everything anew, and keep nothing')
    .option('--shard <i/n>', 'only the i-th of n parts, for --merge', shardOf)
    .option('--merge <result...>', 'put the JSON results of all shards together; judges nothing')
    .option('--budget <time>', 'time the run may take, such as 90s, 5m or 1h; what is left out is undecided', parseBudget)
    .option('--json', 'print one JSON document')
    .option('--markdown <file>', 'write a page for a comment on the change')
    .option('--sarif <file>', 'write SARIF 2.1.0, for code scanning')
    .option('--junit <file>', 'write a JUnit report, for test results')
  addLimitOptions(addJobsOption(addBoundsOptions(command, usualBounds)))
    .addHelpText('after', examples)
    .action(async (path: string, flags: GateFlags) => finish(await gate(terminal, path, flags)))
}

async function gate(terminal: Terminal, path: string, flags: GateFlags): Promise<ExitStatus> {
  const { init = false, update = false, merge } = flags
  const file = await openManifest(path)
  const makesFirst = init || (update && file === undefined)
  refuseIdleFlags(flags, makesFirst)
  if (init && file !== undefined) throw alreadyThere(path)
  if (makesFirst) return updateGate(terminal, firstManifest(path, flags), flags, true)
  const present = mustBeThere(file, path)
  if (merge !== undefined) return mergeGate(terminal, present, flags)
  return update ? updateGate(terminal, present, flags, false) : check(terminal, present, flags)
}

async function check(terminal: Terminal, present: ManifestFile, flags: GateFlags): Promise<ExitStatus> {
  const { path, text, manifest } = present
  const result = await runGate(terminal, present, flags)
  const placeOf = placesOf(path, text, manifest, moduleFiles(path, manifest))
  await tellResult(terminal, result, gateLines(result, terminal.palette), { flags, placeOf })
  return statusOf(result.outcome)
}

function alreadyThere(path: string): DiagnosticError {
  const hint = 'Use "gilproof gate --update"; change "covers" in it by hand to cover something else.'
  return new DiagnosticError([{ code: 'MC611', message: 'there is a manifest already', hint, place: [path] }])
}

function shardOf(text: string): Shard {
  const shard = parseShard(text)
  if (shard !== undefined) return shard
  throw refuse({ code: 'MC607', message: `found "${text}"; expected a part and how many there are, such as 1/4`, place: ['--shard'] })
}
