import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { embedJson, escapeHtml } from '../../../src/report/html/escape.ts'
import { pageScript, pageStyle } from '../../../src/report/html/page-assets.ts'
import { renderHtml } from '../../../src/report/html/render-html.ts'
import { safe } from '../sample.ts'
import { hostileInput, htmlInput, longInput } from './html-sample.ts'

describe('the HTML page of a counterexample', () => {
  it('says the question, the answer, every step and every call without its script', () => {
    const page = renderHtml(htmlInput)
    for (const text of [
      'Is this promise kept for',
      'No: thread state used by the wrong interpreter',
      'The callback sees the modules of another interpreter.',
      'id="step-5"',
      'makes a thread state',
      'slot of thread 1: none → thread state 1 (main)',
      '<code>PyGILState_Ensure()</code>',
      'gilproof replay gp1:quo.released:fresh-thread',
    ]) {
      expect(page).toContain(text)
    }
  })

  it('allows its own script and style by their hashes, and nothing else', () => {
    const page = renderHtml(htmlInput)
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]
    const hash = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`
    const [script] = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => text ?? '')
    const [style] = [...page.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, text]) => text ?? '')
    expect([script, style]).toEqual([pageScript, pageStyle])
    expect(policy).toBe(
      `default-src 'none'; script-src '${hash(pageScript)}'; style-src '${hash(pageStyle)}'; base-uri 'none'; form-action 'none'`,
    )
  })

  it('refers to nothing outside itself', () => {
    expect(renderHtml(htmlInput)).not.toMatch(/\b(?:src|srcset|action|style|on\w+)=|https?:|url\(|@import|href="[^#]/)
  })

  it('has no markup that comes from a name', () => {
    const page = renderHtml(hostileInput)
    const tags = (html: string) => [...html.matchAll(/<\/?(script|img|style)/g)].map(([tag]) => tag)
    expect(tags(page)).toEqual(tags(renderHtml(htmlInput)))
    expect(page.replace(/<script type="application\/json"[\s\S]*?<\/script>/, '')).not.toContain('onerror="')
  })

  it('says why there is no C program', () => {
    expect(renderHtml({ ...htmlInput, program: { whyNot: 'it was <never> released.' } })).toContain(
      'There is none: it was &lt;never&gt; released.',
    )
  })

  it('stays below 500 kB with six hundred steps', () => {
    expect(Buffer.byteLength(renderHtml(longInput(600)))).toBeLessThan(500_000)
  })

  it('is not written of a cell without a counterexample', () => {
    expect(() => renderHtml({ ...htmlInput, finding: safe })).toThrow('found no evidence')
  })
})

describe('embedded JSON', () => {
  it('is read back as it was, and has no character that HTML or JavaScript reads otherwise', () => {
    const text = fc.string({ unit: fc.oneof(fc.constantFrom('<', '>', '&', '\u2028', '\u2029', '</script>', '<!--'), fc.string()) })
    fc.assert(
      fc.property(fc.dictionary(text, text), (value) => {
        const embedded = embedJson(value)
        expect(embedded).not.toMatch(/[<>&\u2028\u2029]/)
        expect(JSON.parse(embedded)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})

describe('escaped text', () => {
  it('has none of the characters that begin markup or end an attribute', () => {
    expect(escapeHtml(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;')
  })
})
