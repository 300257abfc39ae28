import { describe, expect, it } from 'vitest'
import { Code, code } from '../../../src/checker/compile/code.ts'

describe('code', () => {
  it('quotes a string, so that it cannot become code', () => {
    expect(code`x === ${'"; fail()'}`.text).toBe('x === "\\"; fail()"')
  })

  it('keeps a string with any line end in one line', () => {
    expect(code`// ${'a\nb\r\u2028\u2029c'}`.text).toBe('// "a\\nb\\r\\u2028\\u2029c"')
  })

  it('inserts code, numbers and truth values as they are', () => {
    expect(code`${code`s[0]`} < ${-1} || ${true}`.text).toBe('s[0] < -1 || true')
  })

  it('refuses a name that is not an identifier', () => {
    expect(() => Code.name('a b')).toThrow('"a b" is not an identifier')
  })
})
