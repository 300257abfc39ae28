import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Term } from '../../../src/model/language/builder.ts'
import { after, and, assign, conditional, equal, exists, integer, less, literal, variable } from '../../../src/model/language/builder.ts'
import { range, scalarset } from '../../../src/model/language/domain.ts'
import type { Expression } from '../../../src/model/language/expression.ts'
import { printExpression } from '../../../src/model/language/print.ts'
import { freeNames, substitute, transformExpression } from '../../../src/model/language/transform.ts'
import { systemsWithProperties } from '../../arbitraries/property.ts'

const thread = scalarset('thread', { interchangeable: 2 })
const slot = variable('slot', thread, { indexedBy: [thread] })
const depth = variable('depth', range(0, 3))
const bound = (name: string): Term<'scalarset thread'> => ({ kind: 'bound', name, domain: thread })

/** Every formula and right side of a random system and its properties. */
function expressionsOf(checked: object): readonly Expression[] {
  const found: Expression[] = []
  JSON.stringify(checked, (key, value: unknown) => {
    const isFormula = ['guard', 'value', 'when', 'final', 'holds', 'forbids', 'goal', 'premise', 'reusable'].includes(key)
    if (isFormula && typeof value === 'object') found.push(value as Expression)
    return value
  })
  return found
}

describe('transformExpression', () => {
  it('returns the very same object when nothing changes', () => {
    fc.assert(
      fc.property(systemsWithProperties(), (checked) => {
        for (const each of expressionsOf(checked)) expect(transformExpression(each, () => undefined)).toBe(each)
      }),
    )
  }, 60_000)

  it('copies every node when each leaf is copied, and means the same', () => {
    fc.assert(
      fc.property(systemsWithProperties(), (checked) => {
        for (const each of expressionsOf(checked)) {
          const copy = transformExpression(each, (node) => (node.kind === 'literal' ? { ...node } : undefined))
          expect(copy).toEqual(each)
        }
      }),
    )
  }, 60_000)

  it('does not look into a replacement, so a variable may be replaced by a term that reads it', () => {
    const next = assign(depth.at(), integer(0)).target
    const formula = less(depth.at(), conditional(equal(depth.at(), integer(1)), depth.at(), integer(3)))
    const later = transformExpression(formula, (node) =>
      node.kind === 'read' ? { kind: 'add', left: next, right: integer(1) } : undefined,
    )
    expect(printExpression(later)).toBe('depth + 1 < (if depth + 1 = 1 then depth + 1 else 3)')
  })

  it('refuses to put something that is not a place under "after"', () => {
    const change = (node: Expression): Expression | undefined => (node.kind === 'read' ? integer(1) : undefined)
    expect(() => transformExpression(after(depth.at()), change)).toThrow('MC901')
  })
})

describe('substitute', () => {
  it('replaces free names, also in indices', () => {
    const formula = equal(slot.at(bound('each')), bound('other'))
    const replaced = substitute(formula, new Map([['each', literal(thread, 1)]]))
    expect(printExpression(replaced)).toBe('slot[thread 2] = other')
  })

  it('leaves alone what a quantifier binds', () => {
    const formula = and(
      equal(bound('each'), slot.at(bound('each'))),
      exists('each', thread, (each) => equal(each, slot.at(each))),
    )
    const replaced = substitute(formula, new Map([['each', literal(thread, 0)]]))
    expect(printExpression(replaced)).toBe('thread 1 = slot[thread 1] and (exists each in thread: each = slot[each])')
  })

  it('renames a quantifier that would capture a name', () => {
    const formula = exists('each', thread, (each) => equal(each, slot.at(bound('other'))))
    const replaced = substitute(formula, new Map([['other', bound('each')]]))
    expect(printExpression(replaced)).toBe("exists each' in thread: each' = slot[each]")
    expect([...freeNames(replaced)]).toEqual(['each'])
  })
})
