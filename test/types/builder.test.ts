import { describe, expect, it } from 'vitest'
import { add, assign, equal, fresh, integer, less, literal, member, not, truth, variable } from '../../src/model/language/builder.ts'
import { enumeration, orNone, range, scalarset } from '../../src/model/language/domain.ts'

const thread = scalarset('thread', { interchangeable: 2 })
const interpreter = scalarset('interpreter', { distinguished: ['main'], interchangeable: 1 })
const phase = enumeration('phase', ['idle', 'busy'])
const home = variable('home', orNone(interpreter), { indexedBy: [thread] })
const at = variable('at', phase)
const depth = variable('depth', range(0, 3))
const aThread = literal(thread, 0)
const main = member(interpreter, 'main')

describe('the builder', () => {
  it('compiles what is well sorted', () => {
    expect([
      equal(home.at(aThread), main),
      less(add(depth.at(), integer(1)), integer(3)),
      assign(home.at(aThread), fresh(interpreter)),
    ]).toHaveLength(3)
  })

  it('does not compile what is not', () => {
    // Never run: the compiler must refuse each line, and it complains of a line that it would accept.
    const refused = (): unknown[] => [
      // @ts-expect-error a phase is not an integer
      assign(at.at(), integer(1)),
      // @ts-expect-error a thread is not an interpreter
      equal(aThread, main),
      // @ts-expect-error threads have no order
      less(aThread, aThread),
      // @ts-expect-error members of an enumeration have no order
      less(at.at(), at.at()),
      // @ts-expect-error a thread cannot be added to
      add(aThread, integer(1)),
      // @ts-expect-error the index must be a thread
      home.at(main),
      // @ts-expect-error an index is missing
      home.at(),
      // @ts-expect-error there is no second index
      home.at(aThread, aThread),
      // @ts-expect-error a plain variable has no index
      depth.at(integer(0)),
      // @ts-expect-error a negation is of a formula
      not(depth.at()),
      // @ts-expect-error a formula is not an integer
      assign(depth.at(), truth),
      // @ts-expect-error only members of a scalarset are allocated
      fresh(phase),
    ]
    expect(refused).toBeTypeOf('function')
  })

  it('throws a TypeError for a member that a domain does not have', () => {
    expect(() => member(phase, 'bussy')).toThrow(new TypeError('member: no "bussy" among idle, busy'))
  })

  it('throws a TypeError for "none" of a domain that can have none', () => {
    expect(() => orNone(range(0, 1))).toThrow(TypeError)
  })
})
