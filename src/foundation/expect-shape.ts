import type { Diagnostic } from './diagnostic.ts'

/** What a part of something a user wrote must be. */
export interface Expected {
  /** "a name of small letters, digits and hyphens". */
  readonly says: string
  readonly accepts: (value: unknown) => boolean
  /** Whether it may be left out. */
  readonly isOptional?: boolean
}

export const text: Expected = { says: 'a text', accepts: (value) => typeof value === 'string' && value !== '' }
export const callable: Expected = { says: 'a function', accepts: (value) => typeof value === 'function' }
export const kebabCase: Expected = {
  says: 'a name of small letters, digits, points and hyphens, such as "my-design"',
  accepts: (value) => typeof value === 'string' && /^[a-z0-9]+([-.][a-z0-9]+)*$/.test(value),
}
export const list: Expected = { says: 'a list', accepts: (value) => Array.isArray(value) }

export function oneOf(...choices: readonly string[]): Expected {
  return {
    says: `one of ${choices.map((choice) => `'${choice}'`).join(', ')}`,
    accepts: (value) => choices.some((choice) => choice === value),
  }
}

export function optional(expected: Expected): Expected {
  return { ...expected, isOptional: true }
}

/** Types do not reach users of plain JavaScript: MC605 for each field that is missing, unknown or not what was expected. */
export function expectShape(value: unknown, fields: Readonly<Record<string, Expected>>, place: readonly string[]): readonly Diagnostic[] {
  if (!isRecord(value)) return [wrongShape(`found ${describe(value)}; expected an object with ${Object.keys(fields).join(', ')}`, place)]
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(fields, name))
  return [
    ...Object.entries(fields).flatMap(([name, { accepts, says, isOptional }]) => {
      const found = value[name]
      if (found === undefined) return isOptional === true ? [] : [wrongShape(`found nothing; expected ${says}`, [...place, name])]
      return accepts(found) ? [] : [wrongShape(`found ${describe(found)}; expected ${says}`, [...place, name])]
    }),
    ...unknown.map((name) =>
      wrongShape(`found a field that nobody reads; expected only ${Object.keys(fields).join(', ')}`, [...place, name]),
    ),
  ]
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wrongShape(message: string, place: readonly string[]): Diagnostic {
  return { code: 'MC605', message, place }
}

/** A value in a few words: "the number 3", "a list", "the text 'is-used'". */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  switch (typeof value) {
    case 'string':
      return `the text '${value}'`
    case 'object':
      return 'an object'
    case 'function':
      return 'a function'
    default:
      return `the ${typeof value} ${String(value)}`
  }
}
