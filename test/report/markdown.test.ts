import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeMarkdown, inlineCode, markdownTable, prose } from '../../src/report/markdown.ts'

describe('Markdown', () => {
  it('sets C identifiers as code and escapes the rest', () => {
    expect(prose('calls Py_NewInterpreter() and t_bootstrap, *not* <b>')).toBe(
      'calls `Py_NewInterpreter()` and `t_bootstrap`, \\*not\\* \\<b\\>',
    )
  })

  it('keeps every text in one cell of a table', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const cell of [escapeMarkdown(text), inlineCode(text), prose(text)]) {
          const lines = markdownTable(['a', 'b'], [[cell, 'x']]).split('\n')
          expect(lines).toHaveLength(3)
          expect(lines[2]?.replace(/\\[\\|]/g, '').split('|')).toHaveLength(4)
        }
      }),
    )
  })
})
