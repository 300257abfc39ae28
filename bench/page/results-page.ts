import type { About, Cell, FamilyResults, MeasuredCell, Results } from '../run/results.ts'
import { isMeasured, medianRun, scalingFamily } from '../run/results.ts'
import { describeBytes, describeCount, describeRate, describeRatio, describeSeconds } from './figures.ts'

/** A store that is this small is lost in what a process takes and gives back on its own. */
const fewestStatesForBytes = 50_000

/** The page about the results, as Markdown. */
export function resultsPage({ about, families }: Results): string {
  const drawn = scalingFamily({ families })
  const page = [
    '# gilproof, SPIN and Rumur on the same models',
    '',
    'Written by `npm run bench`; [results.json](results.json) has the figures of every run, and `npm run bench -- --redraw` draws this page from it.',
    '',
    ...summary(families),
    ...families.flatMap((family) => familyLines(family, family === drawn)),
    ...method(about, families),
  ]
  return `${page.join('\n')}\n`
}

function familyLines({ name, says, sizeIs, cells }: FamilyResults, isDrawn: boolean): readonly string[] {
  return [
    `## ${name}`,
    '',
    says,
    '',
    ...(isDrawn ? [`![seconds and states a second against the number of ${sizeIs}](scaling.svg)`, ''] : []),
    ...table(
      [
        sizeIs,
        'checker',
        'distinct states',
        'states/s',
        'wall',
        'CPU',
        'peak memory',
        'bytes a state',
        'its own figure',
        'preparation',
        'runs',
      ],
      cells.map(row),
    ),
    '',
  ]
}

function row(cell: Cell): readonly string[] {
  const { size, tool, preparation, outcome } = cell
  const prepared = preparation === undefined ? '' : `${describeSeconds(preparation.cpuSeconds)}, ${describeBytes(preparation.peakBytes)}`
  if (isMeasured(cell)) {
    const run = medianRun(cell)
    const bytes = bytesPerState(cell)
    return [
      String(size),
      tool,
      describeCount(run.states),
      describeRate(run.states / run.seconds),
      describeSeconds(run.seconds),
      describeSeconds(run.cpuSeconds),
      describeBytes(run.peakBytes),
      bytes === undefined ? '' : bytes.toFixed(0),
      run.ownBytesPerState === undefined ? '' : run.ownBytesPerState.toFixed(0),
      prepared,
      String(cell.outcome.runs.length),
    ]
  }
  if (outcome.kind !== 'does-not-fit') return []
  const { why, wasTried, estimate } = outcome
  const verdict = `**does not fit** (${why}${wasTried ? ', tried' : ''})`
  if (estimate === undefined) return [String(size), tool, verdict, '', '', '', '', '', '', prepared, '0']
  return [
    String(size),
    tool,
    `${verdict}; estimate: ${describeCount(Number(estimate.states.toPrecision(3)))}`,
    '',
    `*estimate: ${describeSeconds(estimate.seconds)}*`,
    '',
    `*estimate: ${describeBytes(estimate.peakBytes)}*`,
    '',
    '',
    prepared,
    '0',
  ]
}

/** Peak memory above that of the process without states, divided among them. */
function bytesPerState(cell: MeasuredCell): number | undefined {
  const { states, peakBytes } = medianRun(cell)
  return cell.emptyPeakBytes === undefined || states < fewestStatesForBytes ? undefined : (peakBytes - cell.emptyPeakBytes) / states
}

/** How gilproof compares with each other tool, on the largest model that both finished. */
function summary(families: readonly FamilyResults[]): readonly string[] {
  const rows = families.flatMap(({ name, cells }) => {
    const measured = cells.filter(isMeasured)
    const isOurs = ({ tool }: Cell): boolean => tool.startsWith('gilproof')
    const others = [...new Set(measured.filter((cell) => !isOurs(cell)).map(({ tool }) => tool))]
    return others.flatMap((other) => {
      const theirs = measured.filter(({ tool }) => tool === other).sort((a, b) => b.size - a.size)[0]
      if (theirs === undefined) return []
      const ours = measured.filter((cell) => isOurs(cell) && cell.model === theirs.model)
      return ours.map((cell) => ratios(name, cell, theirs))
    })
  })
  return [
    '## In short',
    '',
    'Ratios on the largest model of each family that the other checker finished. *Faster* is the other one’s wall time divided by that of',
    'gilproof: more than 1 is better for gilproof. *Memory* is peak memory, gilproof’s divided by the other one’s: less than 1 is better for gilproof.',
    '',
    ...table(['model', 'states', 'gilproof', 'against', 'faster', 'CPU', 'memory', 'bytes a state'], rows),
    '',
  ]
}

function ratios(family: string, ours: MeasuredCell, theirs: MeasuredCell): readonly string[] {
  const [our, their] = [medianRun(ours), medianRun(theirs)]
  const [ourBytes, theirBytes] = [bytesPerState(ours), bytesPerState(theirs)]
  return [
    `${family}, ${ours.size}`,
    describeCount(their.states),
    ours.tool,
    theirs.tool,
    `${describeRatio(their.seconds / our.seconds)} ×`,
    `${describeRatio(their.cpuSeconds / our.cpuSeconds)} ×`,
    `${describeRatio(our.peakBytes / their.peakBytes)} ×`,
    ourBytes === undefined || theirBytes === undefined ? '' : `${ourBytes.toFixed(0)} against ${theirBytes.toFixed(0)}`,
  ]
}

function method(
  { processors, versions, loadBefore, rounds, secondsPerSearch, bytesPerSearch }: About,
  families: readonly FamilyResults[],
): readonly string[] {
  return [
    '## How it was measured',
    '',
    `* ${versions.join('; ')}; ${processors} processors; load before it began: ${loadBefore.toFixed(2)}.`,
    `* One run for all tools: they take turns on each model, at most ${rounds} rounds, and the table has the median. What takes long gets fewer rounds`,
    '  (*runs*).',
    '* The same system for all: SPIN and Rumur search the text that `gilproof export` writes of what gilproof searches. Every search asks for all',
    '  states and no property. **All counts agree, or the bench fails and writes nothing.** Of the small GIL also the counts that SPIN found on a',
    '  text that was written by hand.',
    '* gilproof: `check()` on a system that is elaborated already, in a process of its own for each search. *Wall* and *CPU* contain the code that it',
    '  generates; *preparation* says how long that takes: a search that stops at the first state. Its other threads have loaded their TypeScript before',
    '  the time is taken, as an installed package has none to load. *Threads in order*: `--symmetry`.',
    '* SPIN: `spin -o1 -o2 -a`, `gcc -O3 -DSAFETY -DNOREDUCE`, then `./pan -mN -wN` with a stack of an eighth of the states, and four slots of the',
    '  hash table for each state, rounded up to a power of two: the fastest that was tried. *Smaller hash table*: one slot. What was written by hand:',
    '  `spin -a`.',
    '* Rumur: `rumur --threads 1 --deadlock-detection off`, `gcc -O3 -mcx16`. The exported text has no scalarsets, so nothing is renamed.',
    '* *Wall* and *CPU* of SPIN and Rumur are of the compiled search alone; *preparation* is the CPU time to translate and compile, and the most',
    '  memory that took.',
    '* *Peak memory* is the largest resident set that the kernel reports for the process. *Bytes a state* is what it has more than a process without',
    '  states, divided by the states: for SPIN and Rumur the search of a model of two states, for gilproof the same model up to its first state, as',
    `  it prepares in the same process. ${emptyPeaks(families)} Below ${describeCount(fewestStatesForBytes)} states the figure says nothing and`,
    '  is left out; up to a few hundred thousand, tens of bytes of gilproof’s are the garbage collector’s mood.',
    '* *Its own figure*: of gilproof the store, free room included, which is no memory before it is used; of SPIN its states without hash table and',
    '  stack; of Rumur the state alone, without what stores it.',
    `* *Does not fit*: more than ${describeSeconds(secondsPerSearch)} or ${describeBytes(bytesPerSearch)} for one search. *Tried* says that the search was stopped there; otherwise it was not`,
    '  made, by an **estimate** from the size before: the same time and memory for each further state, and as many states as another tool counted, or',
    '  else as the growth between the last two sizes gives. A reduction is taken to leave out the same share of the states.',
  ]
}

/** What a process of gilproof takes before it searches. */
function emptyPeaks(families: readonly FamilyResults[]): string {
  const cells = families.flatMap((family) => family.cells.filter(({ tool }) => tool.startsWith('gilproof')))
  const peaks = cells.flatMap(({ emptyPeakBytes }) => emptyPeakBytes ?? [])
  if (peaks.length === 0) return ''
  return `That is ${describeBytes(Math.min(...peaks))} to ${describeBytes(Math.max(...peaks))}, Node and a TypeScript loader included.`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const words = new Set(['checker', 'model', 'gilproof', 'against'])
  return [line(head), line(head.map((title) => (words.has(title) ? '---' : '--:'))), ...rows.map(line)]
}
