import { join, relative } from 'node:path'
import type { Command } from 'commander'
import { stableJson } from '../../foundation/stable-json.ts'
import { Matrix } from '../../judge/matrix.ts'
import type { JudgedClaim } from '../../judge/report-input.ts'
import { reportInputOf } from '../../judge/report-input.ts'
import type { Bounds } from '../../model/cpython/bounds.ts'
import type { Finding } from '../../report/finding.ts'
import { reportFiles } from '../../report/report-files.ts'
import type { ReportInput } from '../../report/report-input.ts'
import { ownCatalogs } from '../cells/catalogs.ts'
import type { ExitStatus } from '../exit-status.ts'
import { exitStatus } from '../exit-status.ts'
import type { BoundsFlags } from '../options/bounds-options.ts'
import { addBoundsOptions, boundsOf, sameBounds } from '../options/bounds-options.ts'
import { refuse } from '../options/counts.ts'
import { addJobsOption, jobsOf } from '../options/jobs-option.ts'
import type { SearchFlags } from '../options/search-options.ts'
import { addLimitOptions, limitsOf } from '../options/search-options.ts'
import { baselineOf, statusQuoReading, usualBounds } from '../options/usual-bounds.ts'
import type { ExpectedVerdict, VerdictChanges } from '../prove/compare-verdicts.ts'
import { compareVerdicts, statusOfRun } from '../prove/compare-verdicts.ts'
import { earlierCodes, readExpectedVerdicts } from '../prove/expected-verdicts.ts'
import { judgeClaims, outcomeOfClaim } from '../prove/judged-claims.ts'
import { planProof } from '../prove/plan.ts'
import { isStalePage, mustBeOurs, usualReportsFolder, verdictsFile } from '../prove/reports-folder.ts'
import type { Run } from '../prove/run-plan.ts'
import { runPlan } from '../prove/run-plan.ts'
import { isAsPredicted, summaryLines } from '../prove/summary.ts'
import { verdictsDocument } from '../prove/verdicts-document.ts'
import type { Terminal } from '../terminal.ts'
import { writeFolder } from '../write-files.ts'
import type { Finish } from './command.ts'
import { runFullProof } from './prove-full.ts'

export interface ProveFlags extends BoundsFlags, Pick<SearchFlags, 'maxStates' | 'maxSeconds' | 'maxMemory'> {
  readonly full?: boolean
  readonly claimsOnly?: boolean
  readonly fresh?: boolean
  readonly jobs?: number
  readonly out?: string
  readonly json?: boolean
}

const examples = `
Examples:
  $ gilproof prove                          every claim and every cell; writes reports/
  $ gilproof prove --claims-only            the claims alone; writes nothing
  $ gilproof prove --threads 3 --out /tmp/reports
  $ gilproof prove --full                   larger bounds; minutes instead of seconds; writes reports/full.json

Verdicts are always found anew. Replay codes of earlier reports save the search for shortest traces; --fresh searches for them as well.

Exit status: 0 everything is decided and as committed, 1 a verdict changed, 2 bad usage or input, 3 a cell is undecided that was not, or
the run was interrupted, 70 bug.`

export function proveCommand(program: Command, terminal: Terminal, finish: Finish): void {
  const command = program
    .command('prove')
    .summary('judge every claim, design, client and promise, and write the reports')
    .description('Judges every claim of the debate, and every promise for every client on every reading, and writes the reports.')
    .option('--full', 'larger bounds, within limits; verdicts without traces')
    .option('--claims-only', 'only the cells that claims speak of; writes nothing')
    .option('--fresh', 'search for all shortest traces anew')
    .option('--out <folder>', 'where the reports go; usual: reports/ of the project of the current folder')
    .option('--json', 'print one JSON document')
  addLimitOptions(addJobsOption(addBoundsOptions(command, usualBounds)))
    .addHelpText('after', examples)
    .action(async (flags: ProveFlags) => finish(await (flags.full === true ? runFullProof(terminal, flags) : runProve(terminal, flags))))
}

async function runProve(terminal: Terminal, flags: ProveFlags): Promise<ExitStatus> {
  const bounds = boundsOf(flags, usualBounds)
  const claimsOnly = flags.claimsOnly === true
  if (claimsOnly && flags.out !== undefined) {
    throw refuse({
      code: 'MC607',
      message: 'found it beside --claims-only, which writes nothing',
      hint: 'Leave one of them out.',
      place: ['--out'],
    })
  }
  const folder = flags.out ?? usualReportsFolder(process.cwd())
  const whyNotWritten = reasonNotToWrite(flags, bounds)
  if (whyNotWritten === undefined) await mustBeOurs(folder)
  const expected = await readExpectedVerdicts(folder, verdictsFile)
  const earlier = flags.fresh === true ? new Map() : earlierCodes(expected ?? [])
  const { tasks } = planProof(ownCatalogs, { bounds, limits: limitsOf(flags), evidence: 'shortest', claimsOnly, earlier })
  const run = await runPlan(terminal, tasks, jobsOf(flags))
  const claims = judgeClaims(ownCatalogs.claims, run.findings)
  const report = claimsOnly || run.wasInterrupted ? undefined : reportOf(bounds, run, claims)
  const changes = compareVerdicts(comparable(expected, claimsOnly, run), run.findings)
  const isWritten = report !== undefined && whyNotWritten === undefined
  if (isWritten) await writeFolder(folder, filesOf(report, run), isStalePage)
  const index = isWritten ? relative(process.cwd(), join(folder, 'README.md')) : undefined
  const summary = {
    bounds,
    run,
    claims,
    report,
    changes,
    index,
    whyNotWritten: run.wasInterrupted ? 'not written: interrupted' : (whyNotWritten ?? ''),
  }
  if (flags.json === true) terminal.print(stableJson(documentOf(summary), 2))
  else for (const line of summaryLines(summary, terminal.palette)) terminal.print(line)
  return run.wasInterrupted ? exitStatus.undecided : statusOfRun(run.findings, changes)
}

/** The pages, and the verdicts of all searches: the baseline and what only claims speak of are compared next time as well. */
function filesOf(report: ReportInput, run: Run): ReadonlyMap<string, string> {
  return new Map([...reportFiles(report), [verdictsFile, verdictsDocument(run)]])
}

/** The committed reports are of the usual bounds and of everything: others go elsewhere or nowhere. */
function reasonNotToWrite({ claimsOnly, out }: ProveFlags, bounds: Bounds): string | undefined {
  if (claimsOnly === true) return 'not written: only claims were judged'
  if (out === undefined && !sameBounds(bounds, usualBounds))
    return 'not written: other bounds than those of the committed reports; --out takes them elsewhere'
  return undefined
}

/** Of the committed verdicts those that this run could have found, so that none passes for gone. */
function comparable(
  expected: readonly ExpectedVerdict[] | undefined,
  claimsOnly: boolean,
  { findings, wasInterrupted }: Run,
): readonly ExpectedVerdict[] | undefined {
  if (expected === undefined || (!claimsOnly && !wasInterrupted)) return expected
  const judged = new Matrix(findings)
  return expected.filter(({ cell }) => judged.find(cell.reading, cell.client, cell.property) !== undefined)
}

function reportOf(bounds: Bounds, { findings }: Run, claims: readonly JudgedClaim[]): ReportInput {
  const { readings, clients, promises } = ownCatalogs
  const inMatrix = new Set(matrixNames())
  const isCell = ({ cell }: Finding): boolean => inMatrix.has(`${cell.reading}\n${cell.client}\n${cell.property}`)
  const at = (wanted: Bounds): readonly Finding[] =>
    findings.filter((finding) => sameBounds(finding.cell.bounds, wanted) && isCell(finding))
  const baseline = { reading: statusQuoReading, findings: at(baselineOf(bounds)) }
  return reportInputOf({ bounds, readings, clients, promises, findings: at(bounds), baseline, claims })
}

/** Claims may speak of clients and promises that no table has. */
function matrixNames(): readonly string[] {
  const { readings, clients, promises } = ownCatalogs
  return readings.flatMap((reading) =>
    clients.flatMap((client) => promises.map((promise) => `${reading.name}\n${client.name}\n${promise.name}`)),
  )
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
    claims: claims.map((judged) => {
      const outcome = outcomeOfClaim(judged)
      return { name: judged.claim.name, kind: judged.claim.kind, outcome, isAsPredicted: isAsPredicted(judged, outcome) }
    }),
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
