import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { claims } from '../../proofs/catalog.ts'
import { bugReports } from '../../proofs/known-bugs/bug-reports.ts'
import { knownBugs } from '../../proofs/known-bugs/catalog.ts'
import { judgeWithOneDecision, turnsOf, versionsOf } from '../../proofs/known-bugs/judge-known-bug.ts'
import type { KnownBug } from '../../proofs/known-bugs/known-bug.ts'
import type { BugVerdicts } from '../../proofs/known-bugs/known-bugs-table.ts'
import { isExpectedOn, knownBugsDocument, verdictsOn } from '../../proofs/known-bugs/known-bugs-table.ts'
import { outOfScope } from '../../proofs/known-bugs/out-of-scope.ts'
import { everywhere } from '../../proofs/known-bugs/profile-range.ts'

const folder = new URL('../../proofs/known-bugs/', import.meta.url)
const reports = Object.keys(bugReports)
/** Milliseconds: a bug takes about half a second on an idle machine, and the first one all that is compiled first. */
const timeout = 120_000

/** Every bug is judged once. */
const memory = new Map<string, Promise<BugVerdicts>>()
function judged(bug: KnownBug): Promise<BugVerdicts> {
  const known = memory.get(bug.name) ?? verdictsOn(bug)
  memory.set(bug.name, known)
  return known
}

function kindsOf(verdicts: BugVerdicts): ReadonlyMap<string, string> {
  return new Map([...verdicts].map(([name, { kind }]) => [name, kind]))
}

const repaired = knownBugs.flatMap((bug) => (bug.repaired === undefined ? [] : [{ bug, ...bug.repaired }]))

describe('the collection of known bugs', () => {
  it('has 63 reports', () => {
    expect(reports.length).toBe(63)
  })

  it('loses none: each is covered by a scenario, or out of scope for a reason', () => {
    const covered = new Set<string>(knownBugs.flatMap(({ covers }) => covers))
    const left = outOfScope.map(({ report }) => report)

    expect([...covered, ...left].sort()).toEqual([...reports].sort())
  })

  it('refers to claims that there are', () => {
    const named = outOfScope.flatMap(({ because }) => /by the claim (\S+)$/.exec(because)?.[1] ?? [])

    expect(named.length).toBeGreaterThan(0)
    expect(claims.map(({ name }) => name)).toEqual(expect.arrayContaining(named))
  })

  it('has every file with bugs in its catalog', async () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'catalog.ts')
    const modules = await Promise.all(files.map(async (file) => (await import(new URL(file, folder).href)) as Record<string, unknown>))
    const bugs = modules.flatMap((module) => Object.values(module)).filter(isBug)

    expect(bugs.map(({ name }) => name).sort()).toEqual(knownBugs.map(({ name }) => name).sort())
  })
})

function isBug(value: unknown): value is { readonly name: string } {
  return typeof value === 'object' && value !== null && 'covers' in value && 'name' in value
}

describe.each(knownBugs.map((bug) => [bug.name, bug] as const))('%s', (name, bug) => {
  it('is named in words', () => {
    expect(name).toMatch(/^[a-z]+(-[a-z0-9]+)+$/)
  })

  it('says of every profile whether it is affected', () => {
    expect(everywhere.filter((profile) => bug.affected.includes(profile) !== bug.fixed.includes(profile))).toEqual(everywhere)
  })

  it('names a decision for every profile it changes with, and no other', () => {
    expect(Object.keys(bug.turns ?? {})).toEqual(turnsOf(bug).map(({ at }) => at))
  })

  it('is found where it should be, and nowhere else', { timeout }, async () => {
    const verdicts = await judged(bug)

    expect(kindsOf(verdicts)).toEqual(new Map(versionsOf(bug).map((version) => [version.name, isExpectedOn(bug, version.name)])))
  })
})

describe.each(knownBugs.flatMap((bug) => turnsOf(bug).map((turn) => [bug.name, turn.at, bug, turn] as const)))(
  '%s, which changes with %s',
  (_, at, bug, turn) => {
    it('is found where that one decision is taken back', { timeout }, async () => {
      const decision = bug.turns?.[at]
      if (decision === undefined) throw new Error('the decision is not named')

      expect(await judgeWithOneDecision(bug, turn, decision)).toMatchObject({ kind: 'found' })
    })
  },
)

describe.each(knownBugs.flatMap((bug) => (bug.outcome === undefined ? [] : [[bug.name, bug, bug.outcome] as const])))(
  '%s, where it is found',
  (_, bug, outcome) => {
    it('ends as reported', { timeout }, async () => {
      const outcomes = [...(await judged(bug)).values()].flatMap((verdict) => (verdict.kind === 'found' ? [verdict.outcome ?? ''] : []))

      expect(outcomes.filter((found) => !outcome.test(found))).toEqual([])
    })
  },
)

describe.each(repaired.map(({ bug, ...repair }) => [bug.name, bug, repair] as const))('%s, repaired', (_, bug, { on, program }) => {
  it('is not found', { timeout }, async () => {
    const verdicts = await verdictsOn(bug, { program, on })

    expect(kindsOf(verdicts)).toEqual(new Map(on.map((name) => [name, 'not found'])))
  })
})

describe('proofs/known-bugs/README.md', () => {
  it('is what npm run known-bugs:update writes', { timeout }, async () => {
    const verdicts = new Map<string, BugVerdicts>()
    for (const bug of knownBugs) verdicts.set(bug.name, await judged(bug))

    expect(readFileSync(new URL('README.md', folder), 'utf8')).toBe(knownBugsDocument(verdicts))
  })
})
