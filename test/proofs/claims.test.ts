import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { claims } from '../../proofs/catalog.ts'
import type { CheckableClaim, Claim } from '../../src/judge/claim.ts'
import { largestBounds } from '../../src/model/cpython/bounds.ts'
import { namedReadings } from '../../src/model/designs/catalog.ts'

/** The 18 messages of bpo-10915. */
const messages = [
  126333, 126335, 126348, 126349, 126351, 126354, 126355, 126357, 126363, 126364, 126366, 126387, 126400, 126402, 126406, 206041, 206047,
  261778,
]
const participants = ['Pitrou', 'Dumpleton', 'Coghlan', 'Stinner']

const folder = new URL('../../proofs/', import.meta.url)
const files = readdirSync(fileURLToPath(folder)).filter((name) => name.endsWith('.ts') && name !== 'catalog.ts')
const readings = new Map(namedReadings.map(({ name, reading }) => [name, reading]))
const checkable = claims.filter((claim): claim is CheckableClaim => claim.kind === 'checkable')
const names = claims.map(({ name }) => name)

describe('the catalog of claims', () => {
  it('has every file of proofs, once', () => {
    expect(new Set(names).size).toBe(names.length)
    expect([...names].sort()).toEqual(files.map((file) => file.replace(/\.ts$/, '')).sort())
  })

  it.each(files)('finds the claim of %s in it', async (file) => {
    const { default: claim } = (await import(new URL(file, folder).href)) as { readonly default: Claim }

    expect(`${claim.name}.ts`).toBe(file)
    expect(claims).toContain(claim)
  })

  it('has at least 25 claims that can be checked', () => {
    expect(checkable.length).toBeGreaterThanOrEqual(25)
  })

  it('is in the order of the messages', () => {
    const first = claims.map(({ messages: [number] }) => number)

    expect(first).toEqual([...first].sort((one, other) => one - other))
  })

  it('leaves out no participant', () => {
    expect(new Set(claims.map(({ by }) => by))).toEqual(new Set(participants))
  })
})

describe.each(claims.map((claim) => [claim.name, claim] as const))('%s', (_, claim) => {
  it('cites messages of the debate, by number', () => {
    expect(messages).toEqual(expect.arrayContaining([...claim.messages]))
  })

  it('is named in words, and quoted', () => {
    expect(claim.name).toMatch(/^[a-z]+(-[a-z0-9]+)+$/)
    expect(claim.quote).toBeTruthy()
  })
})

describe.each(checkable.map((claim) => [claim.name, claim] as const))('the checks of %s', (_, { checks, formalisation, says }) => {
  it('name readings that there are', () => {
    expect(checks.map(({ reading }) => reading).filter((name) => !readings.has(name))).toEqual([])
  })

  it('include every reading that the text names', () => {
    const named = [...readings.keys()].filter((name) => `${says} ${formalisation}`.includes(name))

    expect(checks.map(({ reading }) => reading)).toEqual(expect.arrayContaining(named))
  })

  it('speak of each cell once', () => {
    const cells = checks.map(({ reading, client, promise, bounds }) => JSON.stringify([reading, client.name, promise.name, bounds]))

    expect(new Set(cells).size).toBe(cells.length)
  })

  it('put no client on a reading that lacks its calls', () => {
    const refused = checks.flatMap(({ reading, client }) => {
      const policy = readings.get(reading)?.policy
      return (policy === undefined ? undefined : client.doesNotApply?.(policy)) ?? []
    })

    expect(refused).toEqual([])
  })

  it('stay within the largest bounds', () => {
    const tooLarge = checks.filter(
      ({ bounds: { threads, interpreters, rounds } }) =>
        threads > largestBounds.threads || interpreters > largestBounds.interpreters || rounds > largestBounds.rounds,
    )

    expect(tooLarge).toEqual([])
  })
})
