import { describe, expect, it } from 'vitest'
import type { CheckResult } from '../../../src/checker/check.ts'
import { check } from '../../../src/checker/check.ts'
import { askable } from '../../../src/cli/cells/catalogs.ts'
import { clients } from '../../../src/model/clients/catalog.ts'
import { scenarioSystem } from '../../support/scenario-system.ts'

const promises = askable(undefined).promises.map(({ name }) => name)
const bounds = { threads: 2, interpreters: 2, rounds: 1 }

const told = ({ verdicts }: CheckResult): unknown =>
  verdicts.map(({ property, kind, premiseOccurred, trace }) => [property, kind, premiseOccurred, trace?.steps.length])

describe('symmetry of the threads of a client', () => {
  it.each(clients.map(({ name }) => name))('leaves every verdict on %s as it is', async (client) => {
    const { system, properties } = scenarioSystem({ reading: 'status-quo.cpython-3.2', client, bounds, promises })
    const [plain, reduced] = [
      await check(system, properties, { reductions: ['identity-renaming'] }),
      await check(system, properties, { reductions: ['identity-renaming', 'process-symmetry'] }),
    ]
    if (!plain.ok || !reduced.ok) throw new Error(JSON.stringify([plain, reduced]))
    expect(plain.value.coverage.kind).toBe('exhaustive')
    expect(told(reduced.value)).toEqual(told(plain.value))
    const isReduced = reduced.value.symmetry?.groups.length !== 0
    const share = reduced.value.coverage.distinctStates / plain.value.coverage.distinctStates
    if (isReduced) expect(share).toBeLessThan(0.6)
    else expect(share).toBe(1)
  })
})
