import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeMermaid, sequenceDiagram } from '../../src/report/sequence-diagram.ts'
import { tellTrace } from '../../src/report/told-trace.ts'
import { evidence, vocabulary } from './sample.ts'

/** What Mermaid shows for an escaped text. */
function shown(text: string): string {
  return text.replace(/#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
}

describe('a sequence diagram', () => {
  it('has one statement of a known form in each line', () => {
    const lines = sequenceDiagram(tellTrace(evidence, vocabulary), vocabulary, 'wrong; #1 "end"')
      .split('\n')
      .map((line) => line.trim())
    const form = /^(sequenceDiagram|participant (t\d+|lock) as [^;:]+|(t\d+)(->>|-->>|-x)(t\d+|lock): [^:]+|Note over t\d+: [^:]+)$/
    expect(lines.filter((line) => !form.test(line))).toEqual([])
    expect(lines.at(-1)).toBe('t1-xt1: ❌ wrong#59; #35;1 #34;e#110;d#34;')
  })

  it('escapes whatever could end a statement, and shows the same text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const escaped = escapeMermaid(text)
        const withoutEntities = escaped.replace(/#\d+;/g, '')
        expect(withoutEntities).not.toMatch(/[#;"'<>%{}\n\r:]/)
        expect(withoutEntities).not.toMatch(/\bend\b/i)
        expect(shown(escaped)).toBe(text.replace(/\s+/g, ' ').trim())
      }),
      { examples: [['end'], ['a;b'], ['#35;'], ['END "x" %% no'], ['x\ny']] },
    )
  })
})
