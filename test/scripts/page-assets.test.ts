import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { pageAssetsDocument } from '../../scripts/page-assets-document.ts'

describe('the script and the style of HTML pages', () => {
  it('are what npm run page-assets:update writes', () => {
    expect(readFileSync('src/report/html/page-assets.ts', 'utf8')).toBe(pageAssetsDocument())
  })

  it('are ASCII, so that their hashes hold in any encoding, and end no element they stand in', () => {
    const written = pageAssetsDocument()
    expect([...written].every((character) => character.charCodeAt(0) < 128)).toBe(true)
    expect(written).not.toMatch(/<\/|<!--/)
  })
})
