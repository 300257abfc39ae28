import type { Command } from 'commander'
import { stableJson } from '../../foundation/stable-json.ts'
import { Matrix } from '../../judge/matrix.ts'
import { describeBounds } from '../../model/cpython/bounds.ts'
import type { Finding } from '../../report/finding.ts'
import type { Catalogs } from '../cells/catalogs.ts'
import { askable, findReading, ownCatalogs } from '../cells/catalogs.ts'
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
import { renderFinding } from '../render-finding.ts'
import type { Terminal } from '../terminal.ts'
import type { Finish } from './command.ts'

interface CompareFlags extends BoundsFlags, Pick<SearchFlags, 'maxStates' | 'maxSeconds' | 'maxMemory'> {
  readonly jobs?: number
  readonly trace?: boolean
  readonly json?: boolean
}

interface Difference {
  readonly client: string
  readonly property: string
  readonly left: Finding
  readonly right: Finding
}

const examples = `
Examples:
  $ gilproof compare status-quo coghlan
  $ gilproof compare status-quo.cpython-3.2 pitrou --trace

Exit status: 0 compared, 2 bad usage or input, 3 a cell of either is undecided, 70 bug.`

export function compareCommand(program: Command, terminal: Terminal, finish: Finish): void {
  const command = program
    .command('compare')
    .summary('the cells in which two readings differ')
    .description('Lists the clients and promises on which two readings differ, with one shortest trace each.')
    .argument('<reading>', 'a reading, or a design for its nominal reading')
    .argument('<other>', 'the reading to compare with')
    .option('--trace', 'print the traces, not only their replay codes')
    .option('--json', 'print one JSON document')
  addLimitOptions(addJobsOption(addBoundsOptions(command, usualBounds)))
    .addHelpText('after', examples)
    .action(async (left: string, right: string, flags: CompareFlags) => finish(await runCompare(terminal, [left, right], flags)))
}

async function runCompare(terminal: Terminal, names: readonly [string, string], flags: CompareFlags): Promise<ExitStatus> {
  const catalogs = askable()
  const left = findReading(names[0], catalogs).name
  const right = findReading(names[1], catalogs).name
  const bounds = boundsOf(flags, usualBounds)
  const promises = ownCatalogs.promises.map(({ name }) => name)
  const readings = [...new Set([left, right])]
  const tasks: readonly Task[] = readings.flatMap((reading) =>
    ownCatalogs.clients.map(({ name: client }) => ({
      reading,
      client,
      bounds,
      promises,
      limits: limitsOf(flags),
      evidence: 'shortest' as const,
      earlier: [],
    })),
  )
  const { findings, wasInterrupted } = await runPlan(terminal, tasks, jobsOf(flags))
  if (wasInterrupted) {
    terminal.note('Half a comparison says nothing: nothing is printed.')
    return exitStatus.undecided
  }
  const differences = differencesOf(new Matrix(findings), left, right)
  const undecided = findings.filter(({ status }) => status === 'undecided')
  if (flags.json === true) terminal.print(stableJson({ left, right, bounds, differences, undecided: undecided.map(({ cell }) => cell) }, 2))
  else printDifferences(terminal, differences, { left, right, catalogs, traces: flags.trace === true })
  if (flags.json !== true) {
    const open = undecided.length === 0 ? '' : `; ${count(undecided.length, 'cell')} undecided`
    terminal.print(
      terminal.palette.strong(`${left} and ${right} differ in ${count(differences.length, 'cell')}${open}.`) +
        terminal.palette.faint(`  ${describeBounds(bounds)}`),
    )
  }
  return undecided.length === 0 ? exitStatus.asExpected : exitStatus.undecided
}

/** Cells that one keeps and the other breaks or cannot run; that a promise is not exercised is no difference. */
function differencesOf(matrix: Matrix, left: string, right: string): readonly Difference[] {
  const kind = ({ status }: Finding): string => (status === 'never-exercised' ? 'safe' : status)
  return ownCatalogs.clients.flatMap(({ name: client }) =>
    ownCatalogs.promises.flatMap(({ name: property }): readonly Difference[] => {
      const here = matrix.find(left, client, property)
      const there = matrix.find(right, client, property)
      return here === undefined || there === undefined || kind(here) === kind(there) ? [] : [{ client, property, left: here, right: there }]
    }),
  )
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
  }
}
