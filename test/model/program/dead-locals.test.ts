import { describe, expect, it } from 'vitest'
import { assign, integer, variable } from '../../../src/model/language/builder.ts'
import { range } from '../../../src/model/language/domain.ts'
import { resetDeadLocals } from '../../../src/model/program/dead-locals.ts'
import { flowGraphOf } from '../../../src/model/program/flow-graph.ts'
import { ProgramBuilder } from '../../../src/model/program/program-builder.ts'

const level = variable('level', range(0, 3))

function assignmentsOf(write: (program: ProgramBuilder) => void): readonly (readonly string[])[] {
  const program = new ProgramBuilder('thread 1')
  write(program)
  return resetDeadLocals(flowGraphOf(program.finish())).edges.map(({ assignments }) =>
    assignments.map(({ target, value }) => `${target.variable} := ${value.kind === 'literal' ? value.value : value.kind}`),
  )
}

describe('a dead local', () => {
  it('is reset by the step that reads it last', () => {
    const steps = assignmentsOf((program) => {
      const mine = program.local('mine', range(0, 3))
      program.step('reads', undefined, [assign(mine, level.at())])
      program.step('writes', undefined, [assign(level.at(), mine)])
      program.step('rests', undefined)
    })
    expect(steps).toEqual([['thread 1.mine := read'], ['level := read', 'thread 1.mine := 0'], []])
  })

  it('is never assigned when nothing reads it', () => {
    const steps = assignmentsOf((program) => {
      program.step('reads', undefined, [assign(program.local('mine', range(0, 3)), level.at())])
    })
    expect(steps).toEqual([['thread 1.mine := 0']])
  })

  it('stays as long as one branch still reads it', () => {
    const steps = assignmentsOf((program) => {
      const mine = program.local('mine', range(0, 3))
      program.step('reads', undefined, [assign(mine, level.at())])
      program.choose([
        { says: 'uses it', do: () => program.step('writes', undefined, [assign(level.at(), mine)]) },
        { says: 'forgets it', do: () => program.step('rests', undefined, [assign(level.at(), integer(0))]) },
      ])
    })
    expect(steps).toEqual([['thread 1.mine := read'], [], ['thread 1.mine := 0'], ['level := read', 'thread 1.mine := 0'], ['level := 0']])
  })
})
