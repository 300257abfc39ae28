import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { errorCodesDocument } from '../../scripts/error-codes-document.ts'
import { errorCodes } from '../../src/foundation/error-codes.ts'

describe('the table of error codes', () => {
  it('has codes of the form MC and three digits, in rising order', () => {
    const codes = Object.keys(errorCodes)

    expect(codes.filter((code) => !/^MC[1-9]\d\d$/.test(code))).toEqual([])
    expect(codes).toEqual([...codes].sort())
  })

  it('has no two codes with one title', () => {
    const titles = Object.values(errorCodes).map((entry) => entry.title)

    expect(new Set(titles).size).toBe(titles.length)
  })

  it('is what docs/error-codes.md says (npm run error-codes:update)', () => {
    const written = readFileSync(new URL('../../docs/error-codes.md', import.meta.url), 'utf8')

    expect(written).toBe(errorCodesDocument())
  })
})
