import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { askable, findClient, findReading } from '../../src/cli/cells/catalogs.ts'
import { digestOfModel } from '../../src/judge/find-evidence.ts'
import { judgeScenario } from '../../src/judge/judge-scenario.ts'
import type { Scenario } from '../../src/model/scenarios/elaborate.ts'
import { elaborate } from '../../src/model/scenarios/elaborate.ts'
import { promises } from '../../src/properties/catalog/catalog.ts'

interface Entry {
  readonly reading: string
  readonly client: string
  readonly bounds: string
  readonly digest?: string
  readonly search?: { readonly coverage: string; readonly distinctStates: number }
  readonly verdicts: Readonly<Record<string, unknown>>
}

/** The full matrix takes half an hour: it is committed, and here a part of it is held against the models of today. */
const entries: readonly Entry[] = JSON.parse(readFileSync('reports/full.json', 'utf8'))
const judged = entries.filter(({ digest }) => digest !== undefined)
const sample = (oneIn: number, among: readonly Entry[]): readonly Entry[] => among.filter((_, i) => i % oneIn === 0)
const catalogs = askable()

function scenarioOf({ reading, client, bounds }: Entry): Scenario {
  const [threads = 0, interpreters = 0, rounds = 0] = bounds.split('.').map(Number)
  const { policy } = findReading(reading, catalogs).reading
  return { reading, policy, client: findClient(client, catalogs), bounds: { threads, interpreters, rounds } }
}

describe('the committed full matrix', () => {
  it('has three threads and two rounds for every named client, and three calls for the most general ones', () => {
    const sizes = (of: (client: string) => boolean) => [...new Set(entries.filter(({ client }) => of(client)).map(({ bounds }) => bounds))]
    const isMostGeneral = (client: string): boolean => client.startsWith('most-general')
    // 3.1.2: the baseline in the main interpreter alone.
    expect(sizes((client) => !isMostGeneral(client)).sort()).toEqual(['3.1.2', '3.2.2'])
    expect(sizes(isMostGeneral)).toEqual(['2.2.3'])
  })

  it('was found on the models of today', () => {
    for (const entry of sample(25, judged))
      expect([entry.reading, entry.client, digestOfModel(elaborate(scenarioOf(entry)))]).toEqual([
        entry.reading,
        entry.client,
        entry.digest,
      ])
  }, 60_000)

  it('is found again where it is small', async () => {
    const small = judged.filter(({ search }) => search?.coverage === 'exhaustive' && search.distinctStates < 30_000)
    for (const entry of sample(Math.ceil(small.length / 12), small)) {
      const result = await judgeScenario(scenarioOf(entry), promises, { evidence: 'none' })
      if (!result.ok) throw new Error(JSON.stringify(result.diagnostics))
      const { findings } = result.value
      expect(Object.fromEntries(findings.map(({ cell, status }) => [cell.property, status]))).toEqual(entry.verdicts)
      expect(findings[0]?.search?.distinctStates).toBe(entry.search?.distinctStates)
    }
  }, 60_000)
})
