import { describe, expect, it } from 'vitest'
import { check } from '../../../src/checker/check.ts'
import { DiagnosticError } from '../../../src/foundation/diagnostic.ts'
import { add, assign, equal, falsehood, integer, variable } from '../../../src/model/language/builder.ts'
import { boolean, range } from '../../../src/model/language/domain.ts'
import { flowGraphOf } from '../../../src/model/program/flow-graph.ts'
import { ProgramBuilder } from '../../../src/model/program/program-builder.ts'
import { systemOf } from '../../../src/model/program/to-system.ts'
import type { Property } from '../../../src/properties/language/property.ts'

const level = variable('level', range(0, 3))

describe('a program', () => {
  it('refuses a procedure that reaches itself, naming the way around', () => {
    const program = new ProgramBuilder('thread 1')
    const even = (): void => program.procedure('even', odd)
    const odd = (): void => program.procedure('odd', even)
    expect(even).toThrow(DiagnosticError)
    try {
      new ProgramBuilder('thread 1').procedure('outer', even)
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error
      expect(error.diagnostics[0]?.code).toBe('MC112')
      expect(error.diagnostics[0]?.message).toContain('even > odd > even')
    }
  })

  it('refuses to grow without bound', () => {
    const program = new ProgramBuilder('thread 1')
    for (let i = 0; i < 20_001; i++) program.quietly([])
    expect(() => flowGraphOf(program.finish())).toThrow(
      expect.objectContaining({ diagnostics: [expect.objectContaining({ code: 'MC113' })] }),
    )
  })

  it('keeps the call stack of every step', () => {
    const program = new ProgramBuilder('thread 1')
    program.procedure('PyGILState_Ensure', () => program.procedure('take_gil', () => program.step('takes the GIL', undefined)))
    expect(flowGraphOf(program.finish()).edges[0]?.told).toMatchObject([
      { says: 'takes the GIL', calls: ['PyGILState_Ensure', 'take_gil'] },
    ])
  })

  it('gives one local to both calls of a procedure, and different ones to different procedures', () => {
    const program = new ProgramBuilder('thread 1')
    const call = (name: string) => program.procedure(name, () => program.local('old', boolean))
    expect(call('first')).toEqual(call('first'))
    expect(call('first')).not.toEqual(call('second'))
  })

  it('does the body of a loop as often as it is told', () => {
    const program = new ProgramBuilder('thread 1')
    program.repeat('round', 3, () => program.step('goes round', undefined))
    const { edges } = flowGraphOf(program.finish())
    // By hand: the counter set to 0, the test (two edges), the body, the count.
    expect(edges).toHaveLength(5)
  })

  it('that sleeps for ever on purpose is no deadlock, one that waits in vain is', async () => {
    const deadlock: Property = { name: 'goes on', says: '', kind: 'no-deadlock' }
    const verdictOf = async (write: (program: ProgramBuilder) => void): Promise<string | undefined> => {
      const program = new ProgramBuilder('thread 1')
      write(program)
      const { system } = systemOf([program.finish()], { name: 'one', variables: [], merge: true, visible: new Set() })
      const result = await check(system, [deadlock], {})
      return result.ok ? result.value.verdicts[0]?.kind : undefined
    }
    expect(await verdictOf((program) => program.standStill('sleeps for ever'))).toBe('holds')
    expect(await verdictOf((program) => program.step('waits', undefined, { waitsFor: falsehood }))).toBe('violated')
  })

  it('does an inner loop anew in every round of the outer one', async () => {
    const program = new ProgramBuilder('thread 1')
    const total = variable('total', range(0, 9))
    program.repeat('outer', 2, () =>
      program.repeat('inner', 3, () => program.step('counts', undefined, [assign(total.at(), add(total.at(), integer(1)))])),
    )
    const { system } = systemOf([program.finish()], { name: 'nested', variables: [total.declaration], merge: false, visible: new Set() })
    const reaches = (goal: number): Property => ({
      kind: 'reachable',
      name: `total ${goal}`,
      says: '',
      goal: equal(total.at(), integer(goal)),
    })
    const result = await check(system, [reaches(6), reaches(7)], {})
    expect(result).toMatchObject({ value: { verdicts: [{ kind: 'holds' }, { kind: 'violated' }] } })
  })

  it('numbers the alternatives in the order of the text', () => {
    const program = new ProgramBuilder('thread 1')
    program.choose([
      { says: 'left', do: () => program.step('one', undefined, [assign(level.at(), integer(1))]) },
      { says: 'right', when: equal(level.at(), integer(0)), do: () => undefined },
    ])
    expect(flowGraphOf(program.finish()).edges.map(({ told }) => told[0]?.says)).toEqual(['left', 'right', 'one'])
  })
})
