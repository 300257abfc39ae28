import type { Diagnostic } from '../../foundation/diagnostic.ts'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { Expected } from '../../foundation/expect-shape.ts'
import { callable, expectShape, kebabCase, oneOf, optional, text } from '../../foundation/expect-shape.ts'
import type { Client } from './client.ts'

/** A client as its author writes it: what may be left out is filled in. */
export type ClientDefinition = Pick<Client, 'name' | 'says' | 'write'> & Partial<Client>

const isSet: Expected = { says: 'true, or left out', accepts: (value) => value === true }

const fields = {
  name: kebabCase,
  title: optional(text),
  says: text,
  kind: optional(oneOf('unmodified', 'migrated', 'wrong', 'most-general')),
  story: optional(text),
  doesNotApply: optional(callable),
  threadStates: optional(callable),
  finalizes: optional(isSet),
  restarts: optional(isSet),
  joins: optional(isSet),
  write: callable,
}

/** Checks a client where it is written, at run time too: throws a DiagnosticError that names each field that is wrong. */
export function defineClient(definition: ClientDefinition): Client {
  const diagnostics = validateClient(definition, [])
  if (diagnostics.length > 0) throw new DiagnosticError(diagnostics)
  return Object.freeze({ title: definition.name, kind: 'unmodified', ...definition })
}

/** Everything wrong with a client; empty if nothing is. What it writes is checked when it is put on a design. */
export function validateClient(client: unknown, place: readonly string[]): readonly Diagnostic[] {
  return expectShape(client, fields, place)
}
