import { describe, expect, it } from 'vitest'
import { renderPage } from '../../src/report/page.ts'
import { renderText } from '../../src/report/page-text.ts'
import { context, safe, violated } from './sample.ts'

describe('the page of a cell', () => {
  it('tells a counterexample from question to replay', async () => {
    await expect(renderPage(violated, context)).toMatchFileSnapshot('../golden/report/page.md')
  })

  it('says the same in a terminal', async () => {
    await expect(renderText(violated, context)).toMatchFileSnapshot('../golden/report/page.txt')
  })

  it('has no trace where nothing is violated', () => {
    const page = renderPage(safe, context)
    expect(page).toContain('**Answer.** Yes: ')
    expect(page).not.toContain('## Trace')
  })

  it('admits that a shorter trace may exist', () => {
    const { evidence } = violated
    if (evidence === undefined) throw new Error('the sample has evidence')
    const page = renderPage({ ...violated, evidence: { ...evidence, isShortest: false } }, context)
    expect(page).toContain('a shorter trace may exist')
    expect(page).not.toContain('no trace is shorter')
  })

  it('says what cut a search short', () => {
    const limited = { coverage: 'limited', limit: '1000 states', distinctStates: 1000, transitions: 1, diameter: 3 } as const
    expect(renderPage({ ...safe, status: 'undecided', search: limited }, context)).toContain(
      'Unknown: the search was cut short (1000 states)',
    )
  })

  it('never claims that an undecided cell is safe', () => {
    const { search: _, ...cell } = safe
    expect(renderPage({ ...cell, status: 'undecided' }, context)).not.toMatch(/\bYes\b|exhaustive/)
  })
})
