export interface Point {
  readonly x: number
  readonly y: number
  readonly isEstimate: boolean
}

export interface Series {
  readonly name: string
  readonly colour: string
  /** By x. */
  readonly points: readonly Point[]
}

export interface Panel {
  readonly title: string
  /** Of the horizontal axis; labels have a line each. */
  readonly ticks: readonly { readonly at: number; readonly label: readonly string[] }[]
  readonly across: string
  readonly series: readonly Series[]
}

export const panelWidth = 470
export const panelHeight = 360
const plot = { left: 50, top: 26, right: panelWidth - 14, bottom: panelHeight - 52 }
const mostDecadesToLabel = 8

/** One diagram: a linear axis across, powers of ten upwards. */
export function svgPanel(panel: Panel, at: { readonly left: number; readonly top: number }): string {
  const values = panel.series.flatMap(({ points }) => points.map(({ y }) => y)).filter((y) => y > 0)
  if (values.length === 0) return ''
  const lowest = Math.floor(Math.log10(Math.min(...values)))
  const highest = Math.max(lowest + 1, Math.ceil(Math.log10(Math.max(...values))))
  const sizes = panel.ticks.map((tick) => tick.at)
  const [first, last] = [Math.min(...sizes), Math.max(...sizes)]
  const x = (value: number): number => between(plot.left + 20, plot.right - 20, first === last ? 0.5 : (value - first) / (last - first))
  const y = (value: number): number => between(plot.bottom, plot.top, (Math.log10(value) - lowest) / (highest - lowest))
  const step = Math.ceil((highest - lowest) / mostDecadesToLabel)
  const decades = Array.from({ length: highest - lowest + 1 }, (_, i) => lowest + i).filter((decade) => (decade - lowest) % step === 0)
  return [
    `<g transform="translate(${at.left} ${at.top})">`,
    `<text x="${plot.left}" y="14" font-size="14" font-weight="bold">${panel.title}</text>`,
    ...decades.map((decade) => gridLine(y(10 ** decade), decadeLabel(decade))),
    ...panel.ticks.flatMap(({ at: value, label }) =>
      label.map(
        (line, i) =>
          `<text x="${fixed(x(value))}" y="${plot.bottom + 16 + 14 * i}" text-anchor="middle"${i === 0 ? '' : ' font-size="10" fill="#555"'}>${line}</text>`,
      ),
    ),
    `<text x="${plot.left}" y="${plot.bottom + 46}" fill="#555">${panel.across}, and distinct states</text>`,
    ...panel.series.flatMap((series) => seriesLines(series, x, y)),
    '</g>',
  ].join('\n')
}

type Scale = (value: number) => number

/** A stroke between neighbours, dashed towards an estimate; then the points. */
function seriesLines({ name, colour, points }: Series, x: Scale, y: Scale): readonly string[] {
  const place = (point: Point): string => `${fixed(x(point.x))} ${fixed(y(point.y))}`
  const strokes = points.slice(1).map((point, i) => {
    const before = points[i] ?? point
    const dashes = point.isEstimate ? ' stroke-dasharray="4 4"' : ''
    return `<path d="M ${place(before)} L ${place(point)}" stroke="${colour}" stroke-width="2" fill="none"${dashes}/>`
  })
  const dots = points.map((point) => {
    const fill = point.isEstimate ? 'white' : colour
    return `<circle cx="${fixed(x(point.x))}" cy="${fixed(y(point.y))}" r="3.5" fill="${fill}" stroke="${colour}" stroke-width="1.5"><title>${name}: ${point.y.toPrecision(3)}</title></circle>`
  })
  return [...strokes, ...dots]
}

function gridLine(y: number, label: string): string {
  return `<line x1="${plot.left}" x2="${plot.right}" y1="${fixed(y)}" y2="${fixed(y)}" stroke="#ddd"/><text x="${plot.left - 6}" y="${fixed(y + 4)}" text-anchor="end">${label}</text>`
}

/** "0.01", "1", "100", "10 k", "1 M". */
function decadeLabel(decade: number): string {
  if (decade < 3) return decade < 0 ? (10 ** decade).toFixed(-decade) : String(10 ** decade)
  return decade < 6 ? `${10 ** (decade - 3)} k` : `${10 ** (decade - 6)} M`
}

function between(from: number, to: number, share: number): number {
  return from + (to - from) * share
}

function fixed(value: number): string {
  return value.toFixed(1)
}
