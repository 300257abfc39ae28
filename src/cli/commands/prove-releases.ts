import { join, relative } from 'node:path'
import { stableJson } from '../../foundation/stable-json.ts'
import { releasesInputOf } from '../../judge/releases-input.ts'
import type { Finding } from '../../report/finding.ts'
import { releasesData, releasesFolder, releasesPage } from '../../report/releases/release-paths.ts'
import { releasesFiles } from '../../report/releases/releases-files.ts'
import type { TaskResult } from '../cells/task.ts'
import type { ExitStatus } from '../exit-status.ts'
import { exitStatus } from '../exit-status.ts'
import { refuse } from '../options/counts.ts'
import { jobsOf } from '../options/jobs-option.ts'
import type { ProveFlags } from '../options/prove-flags.ts'
import { limitsOf } from '../options/search-options.ts'
import { usualBounds } from '../options/usual-bounds.ts'
import { compareVerdicts, statusOfRun } from '../prove/compare-verdicts.ts'
import { readConformance } from '../prove/conformance-figures.ts'
import { earlierCodes, readExpectedVerdicts } from '../prove/expected-verdicts.ts'
import { planTraces, planVerdicts, releases, usualReleaseLimits, withTraces } from '../prove/plan-releases.ts'
import { mustBeOurs, usualReportsFolder } from '../prove/reports-folder.ts'
import type { Run } from '../prove/run-plan.ts'
import { runPlan } from '../prove/run-plan.ts'
import { summaryLines } from '../prove/summary.ts'
import { verdictsDocument } from '../prove/verdicts-document.ts'
import type { Terminal } from '../terminal.ts'
import { writeFolder } from '../write-files.ts'

/** `prove --releases`: every release from 2.7 on, without the designs that were only proposed. Writes the report of the releases. */
export async function runReleasesProof(terminal: Terminal, flags: ProveFlags): Promise<ExitStatus> {
  refuseMixture(flags)
  const folder = flags.out ?? usualReportsFolder(process.cwd())
  await mustBeOurs(folder)
  const expected = await readExpectedVerdicts(folder, releasesData)
  const conformance = await readConformance(folder)
  const limits = { ...usualReleaseLimits, ...limitsOf(flags) }
  const verdicts = await runPlan(terminal, planVerdicts(releases, limits), jobsOf(flags))
  const earlier = earlierCodes(flags.fresh === true ? [] : (expected ?? []))
  const traces = verdicts.wasInterrupted
    ? undefined
    : await runPlan(terminal, planTraces(releases, verdicts.findings, { limits, earlier }), jobsOf(flags))
  const run = joined(verdicts, traces)
  const changes = compareVerdicts(expected, run.findings)
  const index = run.wasInterrupted ? undefined : await write(folder, filesOf(run, conformance))
  if (flags.json === true) terminal.print(stableJson(documentOf(run, changes), 2))
  else {
    const whyNotWritten = 'not written: interrupted'
    for (const line of summaryLines(
      { bounds: usualBounds, run, claims: [], report: undefined, changes, index, whyNotWritten },
      terminal.palette,
    ))
      terminal.print(line)
  }
  return run.wasInterrupted ? exitStatus.undecided : statusOfRun(changes)
}

/** One run: the verdicts of the first, with the traces of the second. */
function joined(verdicts: Run, traces: Run | undefined): Run {
  const found = traces?.findings ?? []
  const results = verdicts.results.map(
    (result): TaskResult | undefined => result && { ...result, findings: withTraces(result.findings, found) },
  )
  return {
    ...verdicts,
    results,
    findings: withTraces(verdicts.findings, found),
    states: verdicts.states + (traces?.states ?? 0),
    milliseconds: verdicts.milliseconds + (traces?.milliseconds ?? 0),
    wasInterrupted: verdicts.wasInterrupted || traces?.wasInterrupted === true,
  }
}

function filesOf(run: Run, conformance: Awaited<ReturnType<typeof readConformance>>): ReadonlyMap<string, string> {
  const input = releasesInputOf({ ...releases, bounds: usualBounds, findings: run.findings, conformance })
  return new Map([...releasesFiles(input), [releasesData, verdictsDocument(run)]])
}

/** Returns where the report is, from where the user is. */
async function write(folder: string, files: ReadonlyMap<string, string>): Promise<string> {
  await writeFolder(folder, files, (path) => path.startsWith(`${releasesFolder}/`) && path.endsWith('.md'))
  return relative(process.cwd(), join(folder, releasesPage))
}

/** The same for the same verdicts, so without times. */
function documentOf({ findings, states, wasInterrupted }: Run, changes: ReturnType<typeof compareVerdicts>): unknown {
  const cells = (wanted: Finding['status']): unknown => findings.filter(({ status }) => status === wanted).map(({ cell }) => cell)
  return { wasInterrupted, states, violated: cells('violated'), undecided: cells('undecided'), verdicts: changes }
}

/** The plan of the releases has bounds, readings and clients of its own. */
function refuseMixture(flags: ProveFlags): void {
  for (const option of ['full', 'threads', 'interpreters', 'rounds', 'claimsOnly', 'design', 'client'] as const) {
    if (flags[option] === undefined) continue
    throw refuse({
      code: 'MC607',
      message: 'found it beside --releases, which has bounds, releases and clients of its own',
      hint: 'Leave one of them out; "gilproof check --design cpython-3.12" judges one release.',
      place: [`--${option === 'claimsOnly' ? 'claims-only' : option}`],
    })
  }
}
