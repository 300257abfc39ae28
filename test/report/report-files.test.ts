import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { reportFiles } from '../../src/report/report-files.ts'
import { input } from './sample.ts'

const files = reportFiles(input)

describe('the report files', () => {
  it('are an index, a page for each reading and each violated cell, and data', () => {
    expect([...files.keys()]).toEqual([
      'README.md',
      'quo.released/README.md',
      'map.by-slot/README.md',
      'map.unset-is-main/README.md',
      'quo.released/fresh-thread/right-interpreter.md',
      'map.unset-is-main/fresh-thread/right-interpreter.md',
      'quo.released/fresh-thread/right-interpreter.json',
      'verdicts.json',
      'schema.json',
    ])
  })

  it('answer the debate on one page', async () => {
    await expect(files.get('README.md')).toMatchFileSnapshot('../golden/report/index.md')
  })

  it('have a page of clients and promises for a reading', async () => {
    await expect(files.get('map.unset-is-main/README.md')).toMatchFileSnapshot('../golden/report/reading.md')
  })

  it('link only to files and places that are there', () => {
    const broken = [...files].flatMap(([path, text]) =>
      [...text.matchAll(/\]\(([^)]+)\)/g)].flatMap(([, target = '']) => {
        if (target.startsWith('https://')) return []
        const [file = '', anchor] = target.split('#')
        const found = files.get(normalize(join(dirname(path), file)))
        const isThere = found !== undefined && (anchor === undefined || found.includes(`<a id="${anchor}"></a>`))
        return isThere ? [] : [`${path}: ${target}`]
      }),
    )
    expect(broken).toEqual([])
  })

  it('are the same bytes every time', () => {
    expect([...reportFiles(structuredClone(input))]).toEqual([...files])
  })

  it('leave out pages of a variation that breaks what its nominal reading breaks', () => {
    const [violated, , varied] = input.findings
    if (violated === undefined || varied === undefined) throw new Error('the sample has three findings')
    const nominal = { ...violated, cell: { ...violated.cell, reading: 'map.by-slot' } }
    const paths = [...reportFiles({ ...input, findings: [violated, nominal, varied] }).keys()]
    expect(paths).toContain('map.by-slot/fresh-thread/right-interpreter.md')
    expect(paths).not.toContain('map.unset-is-main/fresh-thread/right-interpreter.md')
  })

  it('give a claim about other bounds a page of its own', () => {
    const [claim] = input.claims
    const [violated] = input.findings
    if (claim?.kind !== 'checkable' || violated === undefined) throw new Error('the sample has a claim')
    const larger = { ...violated, cell: { ...violated.cell, bounds: { threads: 2, interpreters: 3, rounds: 1 } } }
    const claims = [{ ...claim, checks: claim.checks.map((check) => ({ ...check, finding: larger })) }]
    expect([...reportFiles({ ...input, claims }).keys()]).toContain('quo.released/fresh-thread/right-interpreter-2.3.1.md')
  })

  it('list every verdict, one a line, as JSON', () => {
    const text = files.get('verdicts.json') ?? ''
    expect(JSON.parse(text)).toHaveLength(3)
    expect(text.split('\n').filter((line) => line.includes('"right-interpreter": '))).toHaveLength(3)
  })
})
