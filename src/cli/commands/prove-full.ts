import { join, relative } from 'node:path'
import { stableJson } from '../../foundation/stable-json.ts'
import { narrow, ownCatalogs } from '../cells/catalogs.ts'
import type { ExitStatus } from '../exit-status.ts'
import { exitStatus } from '../exit-status.ts'
import { count } from '../finding-lines.ts'
import { refuse } from '../options/counts.ts'
import { jobsOf } from '../options/jobs-option.ts'
import type { ProveFlags } from '../options/prove-flags.ts'
import { limitsOf } from '../options/search-options.ts'
import { compareVerdicts, statusOfRun } from '../prove/compare-verdicts.ts'
import { readExpectedVerdicts } from '../prove/expected-verdicts.ts'
import { fullBounds, fullBoundsFor, fullLimitsFor } from '../prove/full-bounds.ts'
import { judgeClaims } from '../prove/judged-claims.ts'
import { planProof } from '../prove/plan.ts'
import { fullFile, mustBeOurs, usualReportsFolder, verdictsFile } from '../prove/reports-folder.ts'
import { runPlan } from '../prove/run-plan.ts'
import { describeCell, summaryLines } from '../prove/summary.ts'
import { verdictsDocument } from '../prove/verdicts-document.ts'
import type { Terminal } from '../terminal.ts'
import { writeFolder } from '../write-files.ts'

/** `prove --full`: the matrix in larger bounds, within limits. Compares with the last full run, and lists what only larger bounds show. */
export async function runFullProof(terminal: Terminal, flags: ProveFlags): Promise<ExitStatus> {
  refuseMixture(flags)
  const folder = flags.out ?? usualReportsFolder(process.cwd())
  await mustBeOurs(folder)
  const expected = await readExpectedVerdicts(folder, fullFile)
  const usual = await readExpectedVerdicts(folder, verdictsFile)
  const narrowed = narrow(ownCatalogs, flags)
  // Variations are judged in the usual bounds, and here when they are asked for.
  const readings = narrowed.readings.filter(({ isVariation }) => flags.design !== undefined || !isVariation)
  const catalogs = { ...narrowed, readings, claims: [] }
  const { tasks } = planProof(catalogs, {
    bounds: fullBounds,
    boundsFor: fullBoundsFor,
    limits: limitsOf(flags),
    limitsFor: (client) => ({ ...fullLimitsFor(client), ...limitsOf(flags) }),
    evidence: 'none',
    claimsOnly: false,
    earlier: new Map(),
  })
  const run = await runPlan(terminal, tasks, jobsOf(flags))
  const changes = compareVerdicts(expected, run.findings)
  if (!run.wasInterrupted) await writeFolder(folder, new Map([[fullFile, verdictsDocument(run)]]), () => false)
  const index = run.wasInterrupted ? undefined : relative(process.cwd(), join(folder, fullFile))

  const safeBefore = new Set(
    (usual ?? []).filter(({ status }) => status === 'safe' || status === 'never-exercised').map(({ cell }) => nameOf(cell)),
  )
  const onlyHere = run.findings.filter(
    ({ cell, status }) => status === 'violated' && cell.bounds.interpreters > 1 && safeBefore.has(nameOf(cell)),
  )
  const undecided = run.findings.filter(({ status }) => status === 'undecided')
  if (flags.json === true) {
    const names = (findings: typeof onlyHere): unknown => findings.map(({ cell }) => cell)
    terminal.print(
      stableJson(
        {
          wasInterrupted: run.wasInterrupted,
          states: run.states,
          undecided: names(undecided),
          onlyInLargerBounds: names(onlyHere),
          verdicts: changes,
        },
        2,
      ),
    )
  } else {
    const claims = judgeClaims([], [])
    const summary = { bounds: fullBounds, run, claims, report: undefined, changes, index, whyNotWritten: 'not written: interrupted' }
    for (const line of summaryLines(summary, terminal.palette)) terminal.print(line)
    const larger =
      usual === undefined
        ? 'no verdicts in smaller bounds to compare with'
        : `${count(onlyHere.length, 'cell')} violated here and safe in the bounds of the committed reports`
    terminal.print(`Larger bounds  ${larger}`)
    for (const { cell } of onlyHere) terminal.print(`  ${describeCell(cell)}`)
  }
  return run.wasInterrupted ? exitStatus.undecided : statusOfRun(changes)
}

function nameOf({ reading, client, property }: { readonly reading: string; readonly client: string; readonly property: string }): string {
  return [reading, client, property].join('\n')
}

/** A full run has bounds of its own and no traces. */
function refuseMixture(flags: ProveFlags): void {
  for (const option of ['threads', 'interpreters', 'rounds', 'claimsOnly', 'fresh'] as const) {
    if (flags[option] === undefined) continue
    const place = [`--${option === 'claimsOnly' ? 'claims-only' : option}`]
    throw refuse({
      code: 'MC607',
      message: 'found it beside --full, which has bounds of its own and no traces',
      hint: 'Leave one of them out.',
      place,
    })
  }
}
