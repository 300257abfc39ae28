import type { Banding, Lane, Moment, PageData } from '../page-data.ts'
import { elementOf, itemOf, make } from './elements.ts'

/** Draws the lanes beside the steps, once: moving changes nothing in them. */
export function drawChart({ lanes, bandings, moments }: PageData): void {
  const steps = elementOf('steps')
  const heads = elementOf('heads')
  for (const element of [steps, heads]) element.style.setProperty('--lanes', String(lanes.length))
  heads.append(...lanes.map(headOf))
  for (const [i, moment] of moments.entries()) {
    const before = moments[i - 1] ?? moment
    itemOf(i)
      .querySelector('.number')
      ?.after(rowOf(lanes, bandings[before.banding] ?? [], bandings[moment.banding] ?? [], moment))
  }
  steps.classList.add('charted')
}

function headOf({ kind, name }: Lane, lane: number): HTMLElement {
  const head = make('span', kind === 'thread' ? `head hue-${lane % 6}` : 'head')
  // Threads and locks have names that say what they are.
  if (kind === 'interpreter') head.append(make('span', 'kind', kind))
  head.append(make('span', '', name))
  return head
}

function rowOf(lanes: readonly Lane[], before: Banding, after: Banding, { thread, arrows }: Moment): HTMLElement {
  const row = make('span', 'chart')
  row.setAttribute('aria-hidden', 'true')
  for (const [i, { kind }] of lanes.entries()) {
    const cell = make('span', `lane ${kind}`)
    cell.style.gridColumn = String(i + 1)
    cell.append(bandOf('before', before[i] ?? []), bandOf('after', after[i] ?? []))
    if (i === thread) cell.append(make('span', `dot hue-${i % 6}`))
    row.append(cell)
  }
  for (const [to, gives] of arrows) {
    // From the middle of one lane to the middle of the other; locks and interpreters are right of all threads.
    const arrow = make('span', `arrow hue-${thread % 6}${gives ? ' gives' : ''}`)
    arrow.style.gridColumn = `${thread + 1} / ${to + 2}`
    row.append(arrow)
  }
  return row
}

/** What fills a lane above the step, or below it; two threads share it side by side. */
function bandOf(part: 'before' | 'after', holders: readonly number[]): HTMLElement {
  const band = make('span', `band ${part}`)
  band.append(...holders.map((thread) => make('span', `fill hue-${thread % 6}`)))
  return band
}
