import type { Cell, FamilyResults } from '../run/results.ts'
import { isMeasured, medianRun } from '../run/results.ts'
import { describeCount } from './figures.ts'
import type { Panel, Point, Series } from './svg-panel.ts'
import { panelHeight, panelWidth, svgPanel } from './svg-panel.ts'

const colours = ['#1b6ca8', '#d1495b', '#2e8b57', '#b7791f', '#6b4fa0', '#444444', '#0f9fa8', '#c2569b']
const legendLine = 20
const gap = 30
const margin = 16

/** Seconds, and states a second, against the size of the family: a line for each tool, both axes of figures by powers of ten. */
export function scalingPlot({ name, sizeIs, cells }: FamilyResults): string {
  const tools = [...new Set(cells.map(({ tool }) => tool))]
  const series = (figure: (cell: Cell) => Point | undefined): readonly Series[] =>
    tools.map((tool, i) => ({
      name: tool,
      colour: colours[i % colours.length] ?? 'black',
      points: cells.filter((cell) => cell.tool === tool).flatMap((cell) => figure(cell) ?? []),
    }))
  const sizes = [...new Set(cells.map(({ size }) => size))].sort((a, b) => a - b)
  const ticks = sizes.map((size) => ({ at: size, label: tickLabel(size, cells) }))
  const panels: readonly Panel[] = [
    { title: `${name}: wall seconds`, ticks, across: sizeIs, series: series(secondsOf) },
    { title: `${name}: distinct states a second`, ticks, across: sizeIs, series: series(rateOf) },
  ]
  const width = 2 * margin + panels.length * panelWidth + gap
  const legendTop = margin + panelHeight + 18
  const height = legendTop + Math.ceil(tools.length / 2) * legendLine + legendLine + margin
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<title>${name}: wall seconds, and distinct states a second, against the number of ${sizeIs}</title>`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    ...panels.map((panel, i) => svgPanel(panel, { left: margin + i * (panelWidth + gap), top: margin })),
    ...tools.map((tool, i) => legend(tool, colours[i % colours.length] ?? 'black', { i, legendTop })),
    `<text x="${margin + 50}" y="${height - margin / 2}" fill="#555">Hollow, dashed: an estimate of what does not fit.</text>`,
    '</svg>',
    '',
  ].join('\n')
}

function secondsOf(cell: Cell): Point | undefined {
  if (isMeasured(cell)) return { x: cell.size, y: medianRun(cell).seconds, isEstimate: false }
  const { outcome } = cell
  if (outcome.kind !== 'does-not-fit' || outcome.estimate === undefined) return undefined
  return { x: cell.size, y: outcome.estimate.seconds, isEstimate: true }
}

/** An estimate takes the rate of the size before for granted, so it is no point of its own. */
function rateOf(cell: Cell): Point | undefined {
  if (!isMeasured(cell)) return undefined
  const { states, seconds } = medianRun(cell)
  return { x: cell.size, y: states / seconds, isEstimate: false }
}

/** The size, and below it how many states it has. */
function tickLabel(size: number, cells: readonly Cell[]): readonly string[] {
  const states = cells.filter((cell) => cell.size === size && cell.reductions === '').flatMap((cell) => statesOf(cell) ?? [])
  const [first] = states
  return first === undefined ? [String(size)] : [String(size), first]
}

function statesOf(cell: Cell): string | undefined {
  if (isMeasured(cell)) return describeCount(medianRun(cell).states)
  const { outcome } = cell
  return outcome.kind === 'does-not-fit' && outcome.estimate !== undefined
    ? `~${describeCount(Number(outcome.estimate.states.toPrecision(2)))}`
    : undefined
}

function legend(tool: string, colour: string, { i, legendTop }: { readonly i: number; readonly legendTop: number }): string {
  const x = margin + (i % 2) * (panelWidth + gap) + 50
  const y = legendTop + Math.floor(i / 2) * legendLine
  return `<line x1="${x}" y1="${y}" x2="${x + 24}" y2="${y}" stroke="${colour}" stroke-width="2"/><circle cx="${x + 12}" cy="${y}" r="3.5" fill="${colour}"/><text x="${x + 32}" y="${y + 4}">${tool}</text>`
}
