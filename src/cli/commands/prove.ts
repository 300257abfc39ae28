import { join, relative } from 'node:path'
import type { Command } from 'commander'
import { stableJson } from '../../foundation/stable-json.ts'
import type { JudgedClaim } from '../../judge/report-input.ts'
import type { Bounds } from '../../model/cpython/bounds.ts'
import type { ReportInput } from '../../report/report-input.ts'
import { narrow, ownCatalogs } from '../cells/catalogs.ts'
import type { ExitStatus } from '../exit-status.ts'
import { exitStatus } from '../exit-status.ts'
import { addBoundsOptions, boundsOf, sameBounds } from '../options/bounds-options.ts'
import { refuse } from '../options/counts.ts'
import { addJobsOption, jobsOf } from '../options/jobs-option.ts'
import type { ProveFlags } from '../options/prove-flags.ts'
import { addLimitOptions, limitsOf } from '../options/search-options.ts'
import { usualBounds } from '../options/usual-bounds.ts'
import type { VerdictChanges } from '../prove/compare-verdicts.ts'
import { compareVerdicts, onlyOf, statusOfRun } from '../prove/compare-verdicts.ts'
import { earlierCodes, readExpectedVerdicts } from '../prove/expected-verdicts.ts'
import { answerTo, countSurprises, judgeClaims } from '../prove/judged-claims.ts'
import { planProof } from '../prove/plan.ts'
import { filesOf, reportOf } from '../prove/report-of-run.ts'
import { isStalePage, mustBeOurs, usualReportsFolder, verdictsFile } from '../prove/reports-folder.ts'
import type { Run } from '../prove/run-plan.ts'
import { runPlan } from '../prove/run-plan.ts'
import { summaryLines } from '../prove/summary.ts'
import type { Terminal } from '../terminal.ts'
import { writeFolder } from '../write-files.ts'
import type { Finish } from './command.ts'
import { runFullProof } from './prove-full.ts'
import { runReleasesProof } from './prove-releases.ts'

const examples = `
Examples:
  $ gilproof prove                          every claim and every cell; writes reports/
  $ gilproof prove --claims-only            the claims alone; writes nothing
  $ gilproof prove --threads 3 --out ./three-threads
  $ gilproof prove --full                   larger bounds; half an hour on two processors; writes reports/full.json
  $ gilproof prove --releases               CPython 2.7 to 3.15; writes reports/releases.md

Verdicts are always found anew. Replay codes of earlier reports save the search for shortest traces; --fresh searches for them as well.

Exit status: 0 everything is decided and as committed, 1 a verdict changed, 2 bad usage or input, 3 a cell is undecided that was not, or
the run was interrupted, 70 bug.`

export function proveCommand(program: Command, terminal: Terminal, finish: Finish): void {
  const command = program
    .command('prove')
    .summary('judge every claim, design, client and promise, and write the reports')
    .description('Judges every claim of the debate, and every promise for every client on every reading, and writes the reports.')
    .option('--full', 'larger bounds, within limits, without variations; verdicts without traces')
    .option('--releases', 'the releases of CPython instead of the debate; writes reports/releases.md')
    .option('--claims-only', 'only the cells that claims speak of; writes nothing')
    .option('--design <name...>', 'only these designs or readings, and no claims')
    .option('--client <name...>', 'only these clients, and no claims')
    .option('--fresh', 'search for all shortest traces anew')
    .option('--out <folder>', 'where the reports go; usual: reports/ of the project of the current folder')
    .option('--json', 'print one JSON document')
  addLimitOptions(addJobsOption(addBoundsOptions(command, usualBounds)))
    .addHelpText('after', examples)
    .action(async (flags: ProveFlags) => finish(await kindOfRun(flags)(terminal, flags)))
}

function kindOfRun({ full, releases }: ProveFlags): (terminal: Terminal, flags: ProveFlags) => Promise<ExitStatus> {
  if (releases === true) return runReleasesProof
  return full === true ? runFullProof : runProve
}

async function runProve(terminal: Terminal, flags: ProveFlags): Promise<ExitStatus> {
  refuseMixture(flags)
  const { claimsOnly = false, fresh = false, json = false } = flags
  const bounds = boundsOf(flags, usualBounds)
  const folder = flags.out ?? usualReportsFolder(process.cwd())
  const whyNotWritten = reasonNotToWrite(flags, bounds)
  if (whyNotWritten === undefined) await mustBeOurs(folder)
  const expected = await readExpectedVerdicts(folder, verdictsFile)
  const earlier = earlierCodes(fresh ? [] : (expected ?? []))
  const catalogs = narrow(ownCatalogs, flags)
  const { tasks } = planProof(catalogs, { bounds, limits: limitsOf(flags), evidence: 'shortest', claimsOnly, earlier })
  const run = await runPlan(terminal, tasks, jobsOf(flags))

  const claims = judgeClaims(catalogs.claims, run.findings)
  const report = claimsOnly || run.wasInterrupted ? undefined : reportOf(catalogs, { bounds, run, claims })
  const isWhole = report !== undefined && catalogs === ownCatalogs && sameBounds(bounds, usualBounds)
  const changes = compareVerdicts(isWhole ? expected : onlyOf(expected, run.findings), run.findings)
  const index = report === undefined || whyNotWritten !== undefined ? undefined : await write(folder, filesOf(report, run))
  const outcome = { bounds, run, claims, report, changes, index, whyNotWritten: whyNotWritten ?? 'not written: interrupted' }
  const lines = json ? [stableJson(documentOf(outcome), 2)] : summaryLines(outcome, terminal.palette)
  for (const line of lines) terminal.print(line)
  return run.wasInterrupted ? exitStatus.undecided : statusOfRun(changes)
}

/** Returns where the index is, from where the user is. */
async function write(folder: string, files: ReadonlyMap<string, string>): Promise<string> {
  await writeFolder(folder, files, isStalePage)
  return relative(process.cwd(), join(folder, 'README.md'))
}

function refuseMixture({ claimsOnly, out, design, client }: ProveFlags): void {
  const [option] = [
    ...(out === undefined ? [] : ['--out']),
    ...(design === undefined ? [] : ['--design']),
    ...(client === undefined ? [] : ['--client']),
  ]
  if (claimsOnly !== true || option === undefined) return
  const message = 'found it beside --claims-only, which judges all claims and writes nothing'
  throw refuse({ code: 'MC607', message, hint: 'Leave one of them out.', place: [option] })
}

/** The committed reports are of the usual bounds and of everything: others go elsewhere or nowhere. */
function reasonNotToWrite({ claimsOnly, out, design, client }: ProveFlags, bounds: Bounds): string | undefined {
  if (claimsOnly === true) return 'not written: only claims were judged'
  if (out === undefined && !sameBounds(bounds, usualBounds))
    return 'not written: other bounds than those of the committed reports; --out takes them elsewhere'
  if (out === undefined && (design !== undefined || client !== undefined))
    return 'not written: only a part was judged; --out takes it elsewhere'
  return undefined
}

interface Outcome {
  readonly bounds: Bounds
  readonly run: Run
  readonly claims: readonly JudgedClaim[]
  readonly report: ReportInput | undefined
  readonly changes: VerdictChanges
  readonly index: string | undefined
}

/** What `--json` prints: the same for the same verdicts, so without times. */
function documentOf({ bounds, run, claims, report, changes, index }: Outcome): unknown {
  return {
    bounds,
    wasInterrupted: run.wasInterrupted,
    searches: { finished: run.results.filter((result) => result !== undefined).length, planned: run.tasks.length },
    states: run.states,
    claims: claims.map((judged) => ({
      name: judged.claim.name,
      kind: judged.claim.kind,
      answer: answerTo(judged),
      notAsPredicted: countSurprises(judged),
    })),
    keepsWorking: (report?.keepsWorking ?? []).map(({ reading, client, lost, isUndecided }) => ({
      reading,
      client,
      isUndecided,
      lost: lost.map(({ cell }) => cell.property),
    })),
    dominances: report?.dominances ?? [],
    undecided: run.findings.filter(({ status }) => status === 'undecided').map(({ cell }) => cell),
    verdicts: changes,
    ...(index === undefined ? {} : { index }),
  }
}
