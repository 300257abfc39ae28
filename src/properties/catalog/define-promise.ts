import type { Diagnostic } from '../../foundation/diagnostic.ts'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import { callable, expectShape, kebabCase, optional, text } from '../../foundation/expect-shape.ts'
import type { Promised } from './promise.ts'

/** A promise as its author writes it: what may be left out is filled in. */
export type PromiseDefinition = Pick<Promised, 'name' | 'says' | 'formulate'> & Partial<Promised>

const fields = {
  name: kebabCase,
  violation: optional(text),
  says: text,
  promisedBy: optional(text),
  consequence: optional(text),
  story: optional(text),
  formulate: callable,
}

/** Checks a promise where it is written, at run time too: throws a DiagnosticError that names each field that is wrong. */
export function definePromise(definition: PromiseDefinition): Promised {
  const diagnostics = validatePromise(definition, [])
  if (diagnostics.length > 0) throw new DiagnosticError(diagnostics)
  const { name } = definition
  return Object.freeze({
    violation: `${name} is violated`,
    promisedBy: 'its author',
    consequence: `The promise ${name} is broken.`,
    ...definition,
  })
}

/** Everything wrong with a promise; empty if nothing is. Its formula is checked when it is put on a client. */
export function validatePromise(promise: unknown, place: readonly string[]): readonly Diagnostic[] {
  return expectShape(promise, fields, place)
}
