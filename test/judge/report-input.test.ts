import { describe, expect, it } from 'vitest'
import { pageContextOf, reportInputOf, vocabulary } from '../../src/judge/report-input.ts'
import { clients } from '../../src/model/clients/catalog.ts'
import { interpreterNames, threadNames } from '../../src/model/clients/stage.ts'
import { runtimeStateOf, runtimeVariables } from '../../src/model/cpython/runtime-state.ts'
import { namedReadings } from '../../src/model/designs/catalog.ts'
import { promises } from '../../src/properties/catalog/catalog.ts'

const bounds = { threads: 1, interpreters: 2, rounds: 1 }
const [statusQuo] = namedReadings
if (statusQuo === undefined) throw new Error('there are readings')

describe('the input of reports', () => {
  it('speaks of variables that the model has', () => {
    const runtime = runtimeStateOf({
      threads: threadNames(bounds),
      interpreters: interpreterNames(bounds),
      threadStates: 2,
      policy: statusQuo.reading.policy,
    })
    const names = runtimeVariables(runtime).map(({ name }) => name)
    const { attached, isLocked, belongsTo, lives } = vocabulary
    expect([attached, isLocked, belongsTo, ...lives].filter((name) => !names.includes(name))).toEqual([])
    expect(threadNames(bounds)).toContain(vocabulary.initially.thread)
  })

  it('says how a variation differs from the nominal reading, and what it answers', () => {
    const { readings } = reportInputOf({ bounds, readings: namedReadings, clients, promises, findings: [] })
    const silent = readings.filter(
      ({ isVariation, question, differences }) => isVariation && (question === undefined || differences.length === 0),
    )
    expect(silent.map(({ name }) => name)).toEqual([])
    expect(readings[0]?.differences).toEqual([])
  })

  it('has the words of one cell for its page', () => {
    const [client] = clients
    const [promise] = promises
    if (client === undefined || promise === undefined) throw new Error('there are clients and promises')
    expect(pageContextOf(statusQuo, client, promise)).toMatchObject({ reading: { name: statusQuo.name }, client: { name: client.name } })
  })
})
