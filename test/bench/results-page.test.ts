import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { resultsPage } from '../../bench/page/results-page.ts'
import { scalingPlot } from '../../bench/page/scaling-plot.ts'
import type { Cell, Results } from '../../bench/run/results.ts'
import { median, scalingFamily } from '../../bench/run/results.ts'

const bench = new URL('../../bench/', import.meta.url)

function measured(tool: string, size: number, seconds: readonly number[]): Cell {
  const runs = seconds.map((each) => ({ states: 10 ** (size + 3), seconds: each, cpuSeconds: each, peakBytes: 2 ** 28 }))
  return { model: `model ${size}`, size, tool, reductions: '', emptyPeakBytes: 2 ** 27, outcome: { kind: 'measured', runs } }
}

const estimate = { states: 1e7, seconds: 500, peakBytes: 2 ** 34, fromSeconds: 50 }
const results: Results = {
  about: { processors: 2, versions: ['Node 20'], loadBefore: 0, rounds: 3, secondsPerSearch: 100, bytesPerSearch: 2 ** 33 },
  families: [
    {
      name: 'a family',
      says: 'It grows.',
      sizeIs: 'threads',
      cells: [
        ...[1, 2, 3].map((size) => measured('gilproof', size, [size, size, 10 * size])),
        ...[1, 2].map((size) => measured('SPIN', size, [2 * size])),
        { ...measured('SPIN', 3, []), outcome: { kind: 'does-not-fit', why: 'time', wasTried: false, estimate } },
      ],
    },
  ],
}

describe('the page of the bench', () => {
  it('compares on the largest model that both finished', () => {
    expect(resultsPage(results)).toContain('| a family, 2 | 100,000 | gilproof | SPIN | 2.0 × |')
  })
  it('says that what does not fit is estimated', () => {
    expect(resultsPage(results)).toContain('**does not fit** (time); estimate: 10,000,000 |  | *estimate: 500 s*')
  })
  it('has the median of the runs', () => {
    expect(resultsPage(results)).toContain('| 3 | gilproof | 1,000,000 | 333 k | 3.00 s |')
  })
})

describe('the picture of the bench', () => {
  const family = scalingFamily(results)
  const picture = family === undefined ? '' : scalingPlot(family)
  it('has a line for each tool and a hollow point for an estimate', () => {
    expect(picture).toContain('<title>SPIN: 500</title>')
    expect(picture.match(/stroke-dasharray/g)).toHaveLength(1)
    expect(picture).not.toContain('NaN')
  })
})

describe('the median', () => {
  it('is the middle one, or the mean of two', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
  })
})

describe('what is committed', () => {
  const file = new URL('results.json', bench)
  it('is drawn from the figures that are committed', () => {
    const committed = JSON.parse(readFileSync(file, 'utf8')) as Results
    const family = scalingFamily(committed)
    expect(readFileSync(new URL('RESULTS.md', bench), 'utf8')).toBe(resultsPage(committed))
    expect(family && readFileSync(new URL('scaling.svg', bench), 'utf8')).toBe(family && scalingPlot(family))
  })
})
