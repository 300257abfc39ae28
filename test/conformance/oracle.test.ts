import { describe, expect, it } from 'vitest'
import { Oracle } from '../../src/conformance/predict/oracle.ts'
import type { Expected } from '../../src/conformance/predict/prediction.ts'
import { Predictor } from '../../src/conformance/predict/predictor.ts'
import { scheduleMachine } from '../../src/conformance/predict/schedule-machine.ts'
import type { Schedule } from '../../src/conformance/schedule/schedule.ts'
import { scheduleOf } from '../../src/conformance/schedule/schedule-text.ts'
import { drawNumbers } from '../../src/conformance/sweep/draw-numbers.ts'
import { reasonOutOfReach } from '../../src/conformance/sweep/out-of-reach.ts'
import { possibleSchedule } from '../../src/conformance/sweep/possible-schedule.ts'
import { statementsOf } from '../../src/conformance/sweep/statements.ts'
import { policyOfProfile, profiles } from '../../src/model/cpython/versions/releases.ts'

const oracles = new Map<string, Oracle>()

function oracleOf(profile: string): Oracle {
  const known = oracles.get(profile) ?? new Oracle(new Predictor(scheduleMachine(policyOfProfile(profile))))
  oracles.set(profile, known)
  return known
}

/** What is expected after the last of these steps, where one thing is. */
function foretoldAfter(profile: string, lines: readonly string[], start?: Schedule['start']) {
  const oracle = oracleOf(profile)
  const schedule = scheduleOf(lines, start)
  let world = oracle.begin(schedule.start)
  let last: Expected | undefined
  for (const [step, call] of schedule.steps.entries()) {
    const branches = oracle.predict(world, call, step)
    expect(branches).toHaveLength(1)
    last = branches[0]?.observation
    world = branches[0]?.world ?? world
  }
  return last
}

describe('before initialization', () => {
  it.each(profiles)('there is nothing, until Py_Initialize makes the main interpreter: $name', ({ name }) => {
    expect(foretoldAfter(name, ['M: Py_IsInitialized()'], 'not initialized')).toMatchObject({ outcome: { value: '0' }, interpreters: [] })
    expect(foretoldAfter(name, ['M: Py_Initialize()'], 'not initialized')).toMatchObject({
      threads: [{ name: 'M', current: 'main thread state' }, { name: 'F' }, { name: 'G' }],
      interpreters: [{ name: 'main', threadStates: [{ name: 'main thread state', counter: 1 }] }],
    })
  })
})

describe('a second life', () => {
  it('has a main interpreter and a main thread state of its own, by the old names', () => {
    const again = foretoldAfter('3.13', ['M: Py_FinalizeEx()', 'M: Py_Initialize()', 'M: Py_NewInterpreter() -> t1'])
    expect(again?.interpreters.map(({ name, threadStates }) => [name, threadStates.map((state) => state.name)])).toEqual([
      ["t1'", ['t1']],
      ['main', ['main thread state']],
    ])
  })

  it('is followed by no third', () => {
    const lines = ['M: Py_FinalizeEx()', 'M: Py_Initialize()', 'M: Py_FinalizeEx()', 'M: Py_Initialize()']
    expect(() => foretoldAfter('3.13', lines)).toThrow('the model has no third life')
  })
})

describe('a GIL that nobody created', () => {
  it('is waited for in 3.2, and made by who drops it', () => {
    expect(foretoldAfter('3.2', ['F: PyEval_AcquireThread(main thread state)'], 'initialized')?.outcome).toEqual({ kind: 'blocked' })
    const made = ['M: PyEval_ReleaseLock()', 'F: PyEval_AcquireLock()', 'M: PyEval_ThreadsInitialized()']
    expect(foretoldAfter('3.2', made, 'initialized')).toMatchObject({
      outcome: { value: '1' },
      interpreters: [{ gil: { of: 'main', locked: true } }],
    })
  })

  it('is a NULL pointer in 2.7', () => {
    expect(foretoldAfter('2.7', ['M: PyEval_ReleaseLock()'], 'initialized')?.outcome).toMatchObject({ kind: 'undefined' })
  })
})

describe('a call that a release has not', () => {
  it('is told from one that the model cannot make', () => {
    expect(() => foretoldAfter('3.11', ['M: PyInterpreterView_FromMain() -> v'])).toThrow('this release has no PyInterpreterView_FromMain')
    expect(() => foretoldAfter('3.11', ['M: leave an object in the thread state()'])).toThrow(
      'the model cannot do leave an object in the thread state',
    )
  })
})

describe('what was foretold while a schedule was drawn', () => {
  it.each(['2.7', '3.11', '3.15'])('is what is predicted when it is compared: %s', (profile) => {
    const oracle = oracleOf(profile)
    const numbers = drawNumbers(10_915, { shortest: 6, longest: 12 })
    for (let drawn = 0; drawn < 12; drawn++) {
      const { schedule, foretold } = possibleSchedule(numbers.next().value, oracle)
      let world = foretold.begin
      for (const [step, call] of schedule.steps.entries()) {
        const branches = foretold.branches.get(world) ?? []
        const predicted = oracle.predict(world, call, step)
        expect(branches.map(({ observation }) => observation)).toEqual(predicted.map(({ observation }) => observation))
        world = branches[0]?.world ?? world
      }
    }
  })
})

describe('a reason why no schedule runs a statement', () => {
  it('speaks of statements that there are', () => {
    const statements = profiles.flatMap(({ policy, debug }) => [...statementsOf(policy), ...statementsOf(debug)])
    const reasons = new Set(statements.flatMap((statement) => reasonOutOfReach(statement) ?? []))
    expect(reasons.size).toBe(8)
  })
})
