import { describe, expect, it } from 'vitest'
import type { Trace } from '../../src/checker/trace/trace.ts'
import type { Coverage, ExhaustiveCoverage, LimitedCoverage, Verdict } from '../../src/checker/verdict.ts'
import { concludeReachability, concludeSafety } from '../../src/checker/verdict.ts'

const seen = { distinctStates: 5, transitions: 6, diameter: 2 }
const exhaustive: ExhaustiveCoverage = { kind: 'exhaustive', ...seen, collisionProbability: 0 }
const limited: LimitedCoverage = { kind: 'limited', ...seen, limit: { kind: 'states', value: 5 } }
const trace: Trace = { initial: [0], steps: [] }
const without = { trace: undefined, premiseOccurred: true }
const withTrace = { trace, premiseOccurred: true }

describe('verdict on a safety property', () => {
  it('holds if nothing was found in all states', () => {
    expect(concludeSafety('p', without, exhaustive)).toEqual({
      kind: 'holds',
      property: 'p',
      premiseOccurred: true,
      coverage: exhaustive,
      trace: undefined,
    })
  })

  it('is undecided if nothing was found before a limit', () => {
    expect(concludeSafety('p', without, limited)).toMatchObject({ kind: 'undecided', coverage: limited })
  })

  it.each<Coverage>([exhaustive, limited])('is violated by a trace, whatever was covered', (coverage) => {
    expect(concludeSafety('p', withTrace, coverage)).toMatchObject({ kind: 'violated', coverage, trace })
  })
})

describe('verdict on a reachability question', () => {
  it.each<Coverage>([exhaustive, limited])('holds with its witness, whatever was covered', (coverage) => {
    expect(concludeReachability('p', withTrace, coverage)).toMatchObject({ kind: 'holds', coverage, trace })
  })

  it('is violated only if all states were seen', () => {
    expect(concludeReachability('p', without, exhaustive)).toMatchObject({ kind: 'violated', trace: undefined })
    expect(concludeReachability('p', without, limited)).toMatchObject({ kind: 'undecided', coverage: limited })
  })
})

describe('verdict', () => {
  it('tells that the premise never occurred', () => {
    const evidence = { trace: undefined, premiseOccurred: false }
    expect(concludeSafety('p', evidence, exhaustive)).toMatchObject({ kind: 'holds', premiseOccurred: false })
  })

  it('cannot be made to hold elsewhere', () => {
    // @ts-expect-error the mark of a holding verdict is private to verdict.ts
    const forged: Verdict = {
      kind: 'holds',
      property: 'p',
      premiseOccurred: true,
      coverage: exhaustive,
      trace: undefined,
    }
    expect(forged.kind).toBe('holds')
  })
})
