import type { Preparation, Run } from '../tools/tool.ts'

/** Everything that was measured: `results.json`, from which the page and the picture are drawn. */
export interface Results {
  readonly about: About
  readonly families: readonly FamilyResults[]
}

export interface About {
  readonly processors: number
  readonly versions: readonly string[]
  /** Processes that wanted a processor when it began, by the kernel's average over a minute: others' work, which disturbs. */
  readonly loadBefore: number
  readonly rounds: number
  readonly secondsPerSearch: number
  readonly bytesPerSearch: number
}

export interface FamilyResults {
  readonly name: string
  readonly says: string
  readonly sizeIs: 'threads' | 'rounds'
  readonly cells: readonly Cell[]
}

/** One tool on one model. */
export interface Cell {
  readonly model: string
  readonly size: number
  readonly tool: string
  readonly reductions: string
  readonly preparation?: Preparation
  readonly emptyPeakBytes?: number
  readonly outcome: Outcome
}

export type Outcome =
  | { readonly kind: 'measured'; readonly runs: readonly Run[] }
  | { readonly kind: 'does-not-fit'; readonly why: 'time' | 'memory'; readonly wasTried: boolean; readonly estimate?: Estimate }

/** What a search would take. */
export interface Estimate {
  readonly states: number
  readonly seconds: number
  readonly peakBytes: number
  /** What the search took that this was worked out from. */
  readonly fromSeconds: number
}

export type MeasuredCell = Cell & { readonly outcome: Extract<Outcome, { readonly kind: 'measured' }> }

export function isMeasured(cell: Cell): cell is MeasuredCell {
  return cell.outcome.kind === 'measured'
}

/** The first family with enough sizes to draw lines through. */
export function scalingFamily({ families }: Pick<Results, 'families'>): FamilyResults | undefined {
  return families.find(({ cells }) => new Set(cells.map(({ size }) => size)).size > 2)
}

/** The medians of a cell's runs. */
export function medianRun({ outcome: { runs } }: MeasuredCell): Run {
  const of = (figure: (run: Run) => number): number => median(runs.map(figure))
  const own = runs[0]?.ownBytesPerState
  return {
    states: runs[0]?.states ?? Number.NaN,
    seconds: of((run) => run.seconds),
    cpuSeconds: of((run) => run.cpuSeconds),
    peakBytes: of((run) => run.peakBytes),
    ...(own === undefined ? {} : { ownBytesPerState: own }),
  }
}

/** The middle one; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return (low + high) / 2
}
