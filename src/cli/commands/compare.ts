import type { Command } from 'commander'
import { stableJson } from '../../foundation/stable-json.ts'
import { Matrix } from '../../judge/matrix.ts'
import type { Bounds } from '../../model/cpython/bounds.ts'
import { describeBounds } from '../../model/cpython/bounds.ts'
import type { Alignment } from '../../report/alignment/alignment.ts'
import { alignmentText } from '../../report/alignment/alignment-text.ts'
import type { Finding } from '../../report/finding.ts'
import { alignFindings } from '../cells/align-cells.ts'
import type { Catalogs } from '../cells/catalogs.ts'
import { askable, catalogsFor, findClient, findReading } from '../cells/catalogs.ts'
import type { Task } from '../cells/task.ts'
import type { ExitStatus } from '../exit-status.ts'
import { exitStatus } from '../exit-status.ts'
import { colourOf, count } from '../finding-lines.ts'
import type { BoundsFlags } from '../options/bounds-options.ts'
import { addBoundsOptions, boundsOf } from '../options/bounds-options.ts'
import { addJobsOption, jobsOf } from '../options/jobs-option.ts'
import type { SearchFlags } from '../options/search-options.ts'
import { addLimitOptions, limitsOf } from '../options/search-options.ts'
import { usualBounds } from '../options/usual-bounds.ts'
import { runPlan } from '../prove/run-plan.ts'
import { noteReleases } from '../release-notes.ts'
import { renderFinding } from '../render-finding.ts'
import type { Terminal } from '../terminal.ts'
import type { Finish } from './command.ts'

interface CompareFlags extends BoundsFlags, Pick<SearchFlags, 'maxStates' | 'maxSeconds' | 'maxMemory'> {
  readonly client?: readonly string[]
  readonly jobs?: number
  readonly trace?: boolean
  readonly json?: boolean
}

interface Difference {
  readonly client: string
  readonly property: string
  readonly left: Finding
  readonly right: Finding
  /** The schedule of the one that is violated, on both. */
  readonly alignment?: Alignment
}

const examples = `
Examples:
  $ gilproof compare status-quo coghlan
  $ gilproof compare status-quo.cpython-3.2 pitrou --trace
  $ gilproof compare cpython-3.11 cpython-3.12 --client swig-callback-on-maker-thread

Below each cell the schedule of the counterexample is run on both, aligned by thread and call: which values differ from which step on, and where
the two part, with what each side had found.

Exit status: 0 compared, 2 bad usage or input, 3 a cell of either is undecided, 70 bug.`

export function compareCommand(program: Command, terminal: Terminal, finish: Finish): void {
  const command = program
    .command('compare')
    .summary('the cells in which two readings differ')
    .description('Lists the clients and promises on which two readings differ, with one shortest trace each.')
    .argument('<reading>', 'a reading, or a design for its nominal reading')
    .argument('<other>', 'the reading to compare with')
    .option('--client <name...>', 'only these clients, with their traces; usual: every client')
    .option('--trace', 'print the traces, not only their replay codes')
    .option('--json', 'print one JSON document')
  addLimitOptions(addJobsOption(addBoundsOptions(command, usualBounds)))
    .addHelpText('after', examples)
    .action(async (left: string, right: string, flags: CompareFlags) => finish(await runCompare(terminal, [left, right], flags)))
}

async function runCompare(terminal: Terminal, names: readonly [string, string], flags: CompareFlags): Promise<ExitStatus> {
  noteReleases(terminal, names)
  const comparison = comparisonOf(names, flags)
  const { left, right, bounds, clients } = comparison
  const verdicts = await runPlan(terminal, tasksOf(comparison, flags), jobsOf(flags))
  const changed = changedCells(new Matrix(verdicts.findings), comparison)
  const traces = await runPlan(terminal, changed.length === 0 ? [] : tracesOf(comparison, changed, flags), jobsOf(flags))
  if (verdicts.wasInterrupted || traces.wasInterrupted) {
    terminal.note('Half a comparison says nothing: nothing is printed.')
    return exitStatus.undecided
  }
  const differences = alignedDifferences(new Matrix([...verdicts.findings, ...traces.findings]), comparison, changed)
  const undecided = verdicts.findings.filter(({ status }) => status === 'undecided')
  if (flags.json === true) terminal.print(stableJson({ left, right, bounds, differences, undecided: undecided.map(({ cell }) => cell) }, 2))
  else {
    const isShort = flags.client !== undefined && clients.length > 0
    printDifferences(terminal, differences, { left, right, catalogs: comparison.catalogs, traces: flags.trace === true || isShort })
    const open = undecided.length === 0 ? '' : `; ${count(undecided.length, 'cell')} undecided`
    terminal.print(
      terminal.palette.strong(`${left} and ${right} differ in ${count(differences.length, 'cell')}${open}.`) +
        terminal.palette.faint(`  ${describeBounds(bounds)}`),
    )
  }
  return undecided.length === 0 ? exitStatus.asExpected : exitStatus.undecided
}

/** What is compared, and on what. */
interface Comparison {
  readonly catalogs: Catalogs
  readonly left: string
  readonly right: string
  readonly bounds: Bounds
  readonly clients: readonly string[]
  readonly promises: readonly string[]
}

function comparisonOf([one, other]: readonly [string, string], flags: CompareFlags): Comparison {
  const catalogs = askable()
  const readings = [findReading(one, catalogs), findReading(other, catalogs)] as const
  const usual = catalogsFor(readings)
  const clients = flags.client === undefined ? usual.clients : [...new Set(flags.client.map((name) => findClient(name, catalogs)))]
  return {
    catalogs,
    left: readings[0].name,
    right: readings[1].name,
    bounds: boundsOf(flags, usualBounds),
    clients: clients.map(({ name }) => name),
    promises: usual.promises.map(({ name }) => name),
  }
}

/** Verdicts alone, of everything. */
function tasksOf({ left, right, bounds, clients, promises }: Comparison, flags: CompareFlags): readonly Task[] {
  const readings = [...new Set([left, right])]
  return readings.flatMap((reading) =>
    clients.map((client) => ({ reading, client, bounds, promises, limits: limitsOf(flags), evidence: 'none' as const, earlier: [] })),
  )
}

/** Shortest traces, of what differs. */
function tracesOf({ left, right, bounds }: Comparison, changed: readonly ChangedCell[], flags: CompareFlags): readonly Task[] {
  const clients = [...new Set(changed.map(({ client }) => client))]
  return [left, right].flatMap((reading) =>
    clients.map((client) => {
      const promises = changed.flatMap((cell) => (cell.client === client ? [cell.property] : []))
      return { reading, client, bounds, promises, limits: limitsOf(flags), evidence: 'shortest' as const, earlier: [] }
    }),
  )
}

interface ChangedCell {
  readonly client: string
  readonly property: string
}

/** Cells that one keeps and the other breaks or cannot run; that a promise is not exercised is no difference. */
function changedCells(matrix: Matrix, { left, right, clients, promises }: Comparison): readonly ChangedCell[] {
  const kindOf = (reading: string, { client, property }: ChangedCell): string | undefined => {
    const status = matrix.status(reading, client, property)
    return status === 'never-exercised' ? 'safe' : status
  }
  return clients
    .flatMap((client) => promises.map((property) => ({ client, property })))
    .filter((cell) => kindOf(left, cell) !== kindOf(right, cell))
}

function alignedDifferences(matrix: Matrix, { left, right, catalogs }: Comparison, changed: readonly ChangedCell[]): readonly Difference[] {
  return changed.flatMap(({ client, property }): readonly Difference[] => {
    const here = matrix.find(left, client, property)
    const there = matrix.find(right, client, property)
    if (here === undefined || there === undefined) return []
    const alignment = alignFindings(here, there, catalogs)
    return [{ client, property, left: here, right: there, ...(alignment === undefined ? {} : { alignment }) }]
  })
}

interface Printing {
  readonly left: string
  readonly right: string
  readonly catalogs: Catalogs
  readonly traces: boolean
}

function printDifferences(
  { print, palette }: Terminal,
  differences: readonly Difference[],
  { left, right, catalogs, traces }: Printing,
): void {
  for (const difference of differences) {
    const side = ({ status }: Finding): string => colourOf(status, palette)(status)
    print(
      `${palette.strong(`${difference.client} / ${difference.property}`)}\n  ${side(difference.left)} on ${left}, ${side(difference.right)} on ${right}`,
    )
    for (const finding of [difference.left, difference.right]) {
      if (finding.evidence === undefined) continue
      print(traces ? `\n${renderFinding(finding, 'text', catalogs)}\n` : `  gilproof replay ${finding.evidence.replayCode}`)
    }
    for (const line of difference.alignment === undefined ? [] : alignmentText(difference.alignment)) print(line)
  }
}
