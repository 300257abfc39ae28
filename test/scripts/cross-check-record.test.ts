import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ComparedModel } from '../../scripts/cross-check-record.ts'
import { isDifferent, isDone, readRecord, recordText } from '../../scripts/cross-check-record.ts'

const small: ComparedModel = { digest: 'aa', states: 6, promela: 6, scenarios: ['b / client', 'c / client'] }
const large: ComparedModel = { digest: 'bb', states: 70, promela: 71, scenarios: ['a / client'] }

describe('the record of the cross-check', () => {
  it('is smallest first with one model a line, and counts what was compared', () => {
    expect(recordText([large, small])).toBe(`{
  "models": 2,
  "scenarios": 3,
  "comparedWithSpin": 2,
  "comparedWithRumur": 0,
  "different": 1,
  "counts": [
    {"digest":"aa","states":6,"promela":6,"scenarios":["b / client","c / client"]},
    {"digest":"bb","states":70,"promela":71,"scenarios":["a / client"]}
  ]
}
`)
  })

  it('has nothing more to do for a model only where every checker that is asked found the same', () => {
    expect([isDone(small, ['promela']), isDone(small, ['promela', 'murphi']), isDone(large, ['promela'])]).toEqual([true, false, false])
    expect([isDifferent(small), isDifferent(large), isDifferent({ ...small, murphi: 'goes wrong' })]).toEqual([false, true, true])
  })

  it('is committed as it is written, without a difference', () => {
    const models = [...readRecord().values()]
    expect(recordText(models)).toBe(readFileSync('docs/cross-check.json', 'utf8'))
    expect(models.filter(isDifferent)).toEqual([])
    expect(models.filter(({ promela }) => promela !== undefined).length).toBeGreaterThan(600)
  })
})
