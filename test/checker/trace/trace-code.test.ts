import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readChoices, writeChoices } from '../../../src/checker/trace/choice-text.ts'
import { modelDigest } from '../../../src/checker/trace/model-digest.ts'
import { decodeTraceCode, encodeTraceCode, validateDigest } from '../../../src/checker/trace/trace-code.ts'
import { smallSystems } from '../../support/systems.ts'

const example = {
  cell: ['coghlan.use', 'swig-callback', 'runs-in-its-interpreter'],
  bounds: [2, 2, 2],
  digest: '1a2b3c4d5e6f',
  choices: [0, 1, 2, 0, 40, 1, 1, 1, 1, 1, 1, 35],
}
const codes = fc.record({
  cell: fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 4 }),
  bounds: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
  digest: fc.stringMatching(/^[0-9a-f]{8,64}$/),
  choices: fc.array(fc.oneof(fc.constant(0), fc.nat(40), fc.nat(100_000))),
})

function placeOf(code: string): string | undefined {
  const decoded = decodeTraceCode(code)
  if (decoded.ok) return undefined
  const [diagnostic] = decoded.diagnostics
  expect(diagnostic?.code).toBe('MC501')
  return diagnostic?.place[1]
}

describe('replay code', () => {
  it('is one readable token', () => {
    const code = encodeTraceCode(example)
    expect(code.slice(0, -4)).toBe('gp1:coghlan.use:swig-callback:runs-in-its-interpreter:2.2.2:1a2b3c4d5e6f:0120.14.1-6-z:')
  })

  it('survives a round trip, whatever the names', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(decodeTraceCode(encodeTraceCode(code))).toEqual({ ok: true, value: code })
      }),
    )
  })

  it('has no character that a shell touches', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(encodeTraceCode(code)).toMatch(/^[A-Za-z0-9.:_-]+$/)
      }),
    )
  })

  it('is refused when cut short anywhere', () => {
    const code = encodeTraceCode(example)
    for (let length = 0; length < code.length; length++) expect(placeOf(code.slice(0, length)), `${length}`).toBeDefined()
  })

  it('is refused when one character is mistyped', () => {
    const code = encodeTraceCode(example)
    for (let i = 0; i < code.length; i++) {
      const other = code[i] === '1' ? '2' : '1'
      expect(placeOf(code.slice(0, i) + other + code.slice(i + 1)), `${i}`).toBeDefined()
    }
  })

  it.each([
    ['', 'version'],
    ['gp2:a:b:1:12345678:0:0000', 'version'],
    ['gp1:1:12345678:0:0000', 'parts'],
    ['gp1:a_b:1:12345678:0:0000', 'part 2'],
    ['gp1:a_41_:1:12345678:0:0000', 'part 2'],
    ['gp1:a:1.x:12345678:0:0000', 'bounds'],
    ['gp1:a:99999999999999999999:12345678:0:0000', 'bounds'],
    ['gp1:a:1:1234567:0:0000', 'digest'],
    ['gp1:a:1:12345678:0A:0000', 'choices'],
    ['gp1:a:1:12345678:0-zzzzzz-:0000', 'choices'],
    ['gp1:a:1:12345678:0:0000', 'check'],
  ])('tells what is wrong with "%s": its %s', (code, part) => {
    expect(placeOf(code)).toBe(part)
  })

  it('says what was found and what was expected', () => {
    expect(decodeTraceCode('gp1:a:1:12345678:0A:0000')).toEqual({
      ok: false,
      diagnostics: [
        {
          code: 'MC501',
          message: 'found "A" at character 2, expected a choice',
          hint: 'Copy the code again, in full.',
          place: ['replay code', 'choices'],
        },
      ],
    })
  })

  it('is stale when the model has another digest', () => {
    const digest = modelDigest(smallSystems.mutex)
    expect(validateDigest({ ...example, digest }, smallSystems.mutex)).toEqual([])
    expect(validateDigest({ ...example, digest: digest.slice(0, 8) }, smallSystems.mutex)).toEqual([])
    expect(validateDigest({ ...example, digest }, smallSystems.pool)[0]?.code).toBe('MC502')
  })
})

describe('digest of a model', () => {
  it('is 12 hexadecimal digits that do not depend on the order of keys', () => {
    const { name, ...rest } = smallSystems.mutex
    expect(modelDigest(smallSystems.mutex)).toMatch(/^[0-9a-f]{12}$/)
    expect(modelDigest({ ...rest, name })).toBe(modelDigest(smallSystems.mutex))
  })

  it('changes with the order of actions', () => {
    const { mutex } = smallSystems
    expect(modelDigest({ ...mutex, actions: mutex.actions.toReversed() })).not.toBe(modelDigest(mutex))
  })
})

describe('text of choices', () => {
  it('writes long runs short', () => {
    expect(writeChoices([])).toBe('')
    expect(writeChoices([0, 0, 0, 0])).toBe('0000')
    expect(writeChoices(Array.from({ length: 48 }, () => 0))).toBe('0-1c-')
    expect(writeChoices([36, 36])).toBe('.10..10.')
  })

  it('has one way to write each choice', () => {
    expect(readChoices('.5.')).toEqual({ badAt: 0 })
    expect(readChoices('.01.')).toEqual({ badAt: 0 })
    expect(readChoices('1-0-')).toEqual({ badAt: 1 })
    expect(readChoices('00-')).toEqual({ badAt: 2 })
  })
})
