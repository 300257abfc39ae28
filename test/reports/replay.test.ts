import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { askable } from '../../src/cli/cells/catalogs.ts'
import { rebuildCell } from '../../src/cli/cells/rebuild-cell.ts'

/** Replay codes of the committed reports, in order; `./prove` replays them all, and here a part is replayed on its own. */
const codes = readFileSync('reports/verdicts.json', 'utf8').match(/gp1:[^"]+/g) ?? []
const oneIn = 20
const catalogs = askable()

describe('the replay codes of the committed reports', () => {
  it('are there, and each only once', () => {
    expect(codes.length).toBeGreaterThan(1000)
    expect(new Set(codes).size).toBe(codes.length)
  })

  it('replay by the reference semantics to the violation they stand for', () => {
    for (const code of codes.filter((_, i) => i % oneIn === 0)) {
      // rebuildCell throws unless the model is the same, every step is enabled, and the end shows the violation.
      const { finding, trace } = rebuildCell(code, catalogs)
      expect(finding.status).toBe('violated')
      expect(trace.steps.length).toBeGreaterThan(0)
    }
  }, 60_000)
})
