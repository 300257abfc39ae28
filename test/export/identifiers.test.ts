import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commentText } from '../../src/export/comment-text.ts'
import { Identifiers } from '../../src/export/identifiers.ts'
import { promelaWords } from '../../src/export/promela-words.ts'

describe('an identifier', () => {
  it('is made of the words of a name', () => {
    const names = new Identifiers(promelaWords)
    expect(['thread 1.PyGILState_Ensure.tcur', 'GIL', '3rd', 'do', '---'].map((name) => names.of('variable', name))).toEqual([
      'thread_1_PyGILState_Ensure_tcur',
      'GIL_it',
      'the_3rd',
      'do_2',
      'the',
    ])
  })

  it('is one that no other name has, in any case', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('a b', 'a.b', 'A b', 'a_b_2')), { maxLength: 20 }), (texts) => {
        const names = new Identifiers(promelaWords)
        const distinct = [...new Set(texts)]
        const identifiers = distinct.map((text) => names.of('variable', text))
        expect(new Set(identifiers.map((each) => each.toLowerCase())).size).toBe(distinct.length)
        for (const each of identifiers) expect(each).toMatch(/^[A-Za-z][A-Za-z0-9_]*$/)
        expect(distinct.map((text) => names.of('variable', text))).toEqual(identifiers)
      }),
    )
  })
})

it('a comment is one line that no text can end', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('*', '/', '(', ')', '\\', '\n', '"', '-', '=', 'é', ' ')), (parts) => {
      expect(commentText(parts.join(''))).not.toMatch(/\*\/|\/\*|\(\*|\*\)|\\|\n|"|---|[^ -~]/)
    }),
  )
})
