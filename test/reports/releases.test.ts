import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { askable, findClient, findPromise, findReading } from '../../src/cli/cells/catalogs.ts'
import { rebuildCell } from '../../src/cli/cells/rebuild-cell.ts'
import { planVerdicts, releases } from '../../src/cli/prove/plan-releases.ts'
import { digestOfModel } from '../../src/judge/find-evidence.ts'
import { judgeScenario } from '../../src/judge/judge-scenario.ts'
import type { Scenario } from '../../src/model/scenarios/elaborate.ts'
import { elaborate } from '../../src/model/scenarios/elaborate.ts'

interface Entry {
  readonly reading: string
  readonly client: string
  readonly bounds: string
  readonly digest?: string
  readonly search?: { readonly coverage: string; readonly distinctStates: number }
  readonly verdicts: Readonly<Record<string, unknown>>
}

/** Judging every release takes minutes: the verdicts are committed, and here a part of them is held against the models of today. */
const text = readFileSync('reports/releases.json', 'utf8')
const entries: readonly Entry[] = JSON.parse(text)
const judged = entries.filter(({ digest }) => digest !== undefined)
const sample = <Item>(oneIn: number, among: readonly Item[]): readonly Item[] => among.filter((_, i) => i % oneIn === 0)
const catalogs = askable()

function scenarioOf({ reading, client, bounds }: Entry): Scenario {
  const [threads = 0, interpreters = 0, rounds = 0] = bounds.split('.').map(Number)
  const { policy } = findReading(reading, catalogs).reading
  return { reading, policy, client: findClient(client, catalogs), bounds: { threads, interpreters, rounds } }
}

describe('the committed report of the releases', () => {
  it('has every client on every release, and every promise of each', () => {
    const tasks = planVerdicts(releases, {})
    expect(entries.map(({ reading, client }) => `${reading} / ${client}`)).toEqual(
      tasks.map(({ reading, client }) => `${reading} / ${client}`),
    )
    for (const [i, { promises }] of sample(50, tasks).entries())
      expect(Object.keys(sample(50, entries)[i]?.verdicts ?? {})).toEqual(promises)
  })

  it('was found on the models of today', () => {
    for (const entry of sample(23, judged)) {
      expect([entry.reading, entry.client, digestOfModel(elaborate(scenarioOf(entry)))]).toEqual([
        entry.reading,
        entry.client,
        entry.digest,
      ])
    }
  }, 60_000)

  it('is found again where it is small', async () => {
    const small = judged.filter(({ search }) => search?.coverage === 'exhaustive' && search.distinctStates < 5_000)
    for (const entry of sample(Math.ceil(small.length / 12), small)) {
      const promises = Object.keys(entry.verdicts).map((name) => findPromise(name, catalogs))
      const result = await judgeScenario(scenarioOf(entry), promises, { evidence: 'none' })
      if (!result.ok) throw new Error(JSON.stringify(result.diagnostics))
      const { findings } = result.value
      const statuses = Object.entries(entry.verdicts).map(([name, verdict]) => [name, Array.isArray(verdict) ? verdict[0] : verdict])
      expect(findings.map(({ cell, status }) => [cell.property, status])).toEqual(statuses)
      expect(findings[0]?.search?.distinctStates).toBe(entry.search?.distinctStates)
    }
  }, 60_000)

  it('has replay codes that replay to the violation they stand for', () => {
    for (const code of sample(20, text.match(/gp1:[^"]+/g) ?? [])) expect(rebuildCell(code, catalogs).finding.status).toBe('violated')
  }, 60_000)

  it('links only to pages that are there, and speaks of no internal number', () => {
    const page = readFileSync('reports/releases.md', 'utf8')
    const links = [...page.matchAll(/\]\((releases\/[^)]+)\)/g)].map(([, path]) => path ?? '')
    expect(links.length).toBeGreaterThan(0)
    expect(links.filter((path) => !existsSync(`reports/${path}`))).toEqual([])
    // Numbers of catalogues that readers do not have: P05, G12, U3, C13r.
    expect(page.match(/\b[ABCDEGPSU]\d{1,2}[a-z]?\b/g)).toBe(null)
  })
})
