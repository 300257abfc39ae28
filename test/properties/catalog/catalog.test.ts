import { describe, expect, it } from 'vitest'
import { choicesOf, confirm, replayChoices } from '../../../src/checker/trace/replay.ts'
import type { Verdict } from '../../../src/checker/verdict.ts'
import { clients } from '../../../src/model/clients/catalog.ts'
import type { Client } from '../../../src/model/clients/client.ts'
import { cpython32 } from '../../../src/model/cpython/versions/cpython-3-2.ts'
import { promises } from '../../../src/properties/catalog/catalog.ts'
import { laterPromises } from '../../../src/properties/catalog/later-catalog.ts'
import type { Case } from '../judge.ts'
import { groupedByWhatTheyRead, judge } from '../judge.ts'
import { laterMutants } from '../later-mutants.ts'
import { mutants } from '../mutants.ts'

const everyPromise = [...promises, ...laterPromises]
const everyMutant = { ...mutants, ...laterMutants }

describe('the catalogue of promises', () => {
  it('has one mutant for each, and names each once', () => {
    const names = everyPromise.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(new Set(everyPromise.map(({ violation }) => violation)).size).toBe(names.length)
    expect(Object.keys(everyMutant).sort()).toEqual([...names].sort())
  })
})

describe.each(everyPromise.map((promised) => [promised.name, promised] as const))('%s', (name, promised) => {
  const mutant = everyMutant[name]

  it('is broken by its mutant, with a trace that replays and confirms', async () => {
    if (mutant === undefined) throw new Error(`no mutant for ${name}`)
    const { system, properties, verdicts } = await judge(mutant.broken, [promised])
    const [property] = properties
    const [verdict] = verdicts

    expect(verdict?.kind).toBe('violated')
    const trace = verdict?.trace
    if (property === undefined || trace === undefined) throw new Error('a violation has a trace')
    expect(confirm(system, property, trace)).toBe(true)
    expect(replayChoices(system, choicesOf(system, trace))).toEqual({ ok: true, value: trace })
  })

  it('is kept elsewhere, although what it speaks of happens', async () => {
    if (mutant === undefined) throw new Error(`no mutant for ${name}`)
    const { verdicts } = await judge(mutant.kept, [promised])

    expect(verdicts[0]).toMatchObject({ kind: 'holds', premiseOccurred: true })
  })
})

const applies = ({ doesNotApply }: Client): boolean => doesNotApply?.(cpython32) === undefined
const cases: readonly (readonly [string, Case])[] = [
  ...clients.filter(applies).map((client) => [client.name, { policy: cpython32, client }] as const),
  ...Object.values(mutants).map(({ broken }) => [`mutant: ${broken.client.name}`, broken] as const),
]

const describeVerdict = ({ property, kind, premiseOccurred }: Verdict): string =>
  `${property} ${kind}${premiseOccurred ? '' : ', never exercised'}`

describe('merging of steps with what a property reads visible', () => {
  it.each(cases)('changes no verdict and no premise: %s', async (_, judged) => {
    const plain = await judge(judged, promises)
    const together = await judge(judged, promises, true)
    const apart: Verdict[] = []
    for (const group of groupedByWhatTheyRead(promises, plain.properties)) apart.push(...(await judge(judged, group, true)).verdicts)

    const expected = plain.verdicts.map(describeVerdict)
    expect(together.verdicts.map(describeVerdict)).toEqual(expected)
    expect(apart.map(describeVerdict).sort()).toEqual([...expected].sort())
  })
})
