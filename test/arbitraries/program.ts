import fc from 'fast-check'
import type { Formula, Place } from '../../src/model/language/builder.ts'
import { add, and, assign, conditional, equal, event, integer, less, not, variable } from '../../src/model/language/builder.ts'
import { boolean, range } from '../../src/model/language/domain.ts'
import type { Program } from '../../src/model/program/program-builder.ts'
import { fatalWhen, ProgramBuilder } from '../../src/model/program/program-builder.ts'

/** What random programs share: a lock, a level that properties read, a box that none reads, and a monitor. */
export const shared = {
  lock: variable('lock', boolean),
  level: variable('level', range(0, 3)),
  box: variable('box', range(0, 3)),
  seen: variable('seen', range(0, 3), { role: 'monitor' }),
}

/** A statement of a random program, as plain data so that fast-check can shrink and print it. */
export type RandomStatement =
  | { readonly kind: 'local'; readonly value: number }
  | { readonly kind: 'count' }
  | { readonly kind: 'read' }
  | { readonly kind: 'write' }
  | { readonly kind: 'watch' }
  | { readonly kind: 'put'; readonly value: number }
  | { readonly kind: 'get' }
  | { readonly kind: 'copy' }
  | { readonly kind: 'take' }
  | { readonly kind: 'give' }
  | { readonly kind: 'insist'; readonly value: number }
  | {
      readonly kind: 'when'
      readonly value: number
      readonly then: readonly RandomStatement[]
      readonly otherwise: readonly RandomStatement[]
    }
  | { readonly kind: 'choose'; readonly one: readonly RandomStatement[]; readonly other: readonly RandomStatement[] }
  | { readonly kind: 'twice'; readonly body: readonly RandomStatement[] }

const { body } = fc.letrec<{ body: readonly RandomStatement[]; statement: RandomStatement }>((tie) => ({
  body: fc.array(tie('statement'), { maxLength: 4, depthIdentifier: 'program' }),
  statement: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'program' },
    fc.record({ kind: fc.constant('local' as const), value: fc.nat(3) }),
    // Often: whether merging hides what another process should see shows only when one puts twice and another copies.
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('put' as const), value: fc.nat(3) }) },
    { weight: 3, arbitrary: fc.constant<RandomStatement>({ kind: 'copy' }) },
    fc.constantFrom<RandomStatement>(
      { kind: 'count' },
      { kind: 'read' },
      { kind: 'write' },
      { kind: 'watch' },
      { kind: 'get' },
      { kind: 'take' },
      { kind: 'give' },
    ),
    fc.record({ kind: fc.constant('insist' as const), value: fc.nat(3) }),
    fc.record({ kind: fc.constant('when' as const), value: fc.nat(3), then: tie('body'), otherwise: tie('body') }),
    fc.record({ kind: fc.constant('choose' as const), one: tie('body'), other: tie('body') }),
    fc.record({ kind: fc.constant('twice' as const), body: tie('body') }),
  ),
}))

/** Two random programs over `shared`. About one in three deadlocks; states run from a handful to a few thousand. */
export const randomPrograms: fc.Arbitrary<readonly (readonly RandomStatement[])[]> = fc.array(body, { minLength: 2, maxLength: 2 })

/** Writes a random program for a process. */
export function writeProgram(process: string, statements: readonly RandomStatement[]): Program {
  const program = new ProgramBuilder(process)
  const mine = program.local('mine', range(0, 3))
  let loops = 0
  const write = (some: readonly RandomStatement[]): void => {
    for (const statement of some) writeOne(program, mine, statement, write, () => `loop ${loops++}`)
  }
  program.procedure('body', () => write(statements))
  return program.finish()
}

function writeOne(
  program: ProgramBuilder,
  mine: Place<'integer'>,
  statement: RandomStatement,
  write: (statements: readonly RandomStatement[]) => void,
  loopName: () => string,
): void {
  const { lock, level, box, seen } = shared
  switch (statement.kind) {
    case 'local':
      program.quietly([assign(mine, integer(statement.value))])
      return
    case 'count':
      program.quietly([assign(mine, capped(mine))])
      return
    case 'read':
      program.step('reads', undefined, [assign(mine, level.at())])
      return
    case 'write':
      program.step('writes', undefined, { assign: [assign(level.at(), mine)], events: [event('writes 3', isThree(mine))] })
      return
    case 'watch':
      program.quietly([assign(seen.at(), mine)])
      return
    case 'put':
      program.quietly([assign(box.at(), integer(statement.value))])
      return
    case 'get':
      program.quietly([assign(mine, box.at())])
      return
    case 'copy':
      program.quietly([assign(level.at(), box.at())])
      return
    case 'take':
      program.step('takes', undefined, { waitsFor: not(lock.at()), assign: [assign(lock.at(), equal(integer(0), integer(0)))] })
      return
    case 'give':
      program.step('gives', undefined, [assign(lock.at(), less(integer(1), integer(0)))])
      return
    case 'insist':
      program.step('insists', undefined, {
        aborts: [fatalWhen(and(lock.at(), equal(level.at(), integer(statement.value))), 'insisted in vain')],
      })
      return
    case 'when':
      program.when(
        equal(mine, integer(statement.value)),
        () => write(statement.then),
        () => write(statement.otherwise),
      )
      return
    case 'choose':
      program.choose([{ do: () => write(statement.one) }, { do: () => write(statement.other) }])
      return
    case 'twice':
      program.repeat(loopName(), 2, () => write(statement.body))
      return
  }
}

function isThree(mine: Place<'integer'>): Formula {
  return equal(mine, integer(3))
}

function capped(mine: Place<'integer'>) {
  return conditional(less(mine, integer(3)), add(mine, integer(1)), integer(3))
}
