import type { Diagnostic } from '../../foundation/diagnostic.ts'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { Expected } from '../../foundation/expect-shape.ts'
import { expectShape, isRecord, kebabCase, list, optional, text } from '../../foundation/expect-shape.ts'
import { validatePolicy } from '../cpython/policy-choices.ts'
import type { Design } from './design.ts'

/** A design as its author writes it: what may be left out is filled in. */
export type DesignDefinition = Pick<Design, 'name' | 'says' | 'readings'> & Partial<Design>

const fields = {
  name: kebabCase,
  title: optional(text),
  by: optional(text),
  says: text,
  variations: optional(list),
  leftOut: optional(list),
}
const readings: Expected = { says: 'a list of at least one reading', accepts: (value) => Array.isArray(value) && value.length > 0 }

/** Checks a design where it is written, at run time too: throws a DiagnosticError that names each field that is wrong. */
export function defineDesign(definition: DesignDefinition): Design {
  const diagnostics = validateDesign(definition, [])
  if (diagnostics.length > 0) throw new DiagnosticError(diagnostics)
  return Object.freeze({ title: definition.name, by: 'its author', variations: [], leftOut: [], ...definition })
}

/** Everything wrong with a design; empty if nothing is. */
export function validateDesign(design: unknown, place: readonly string[]): readonly Diagnostic[] {
  const outer = expectShape(design, { ...fields, readings }, place)
  if (outer.length > 0 || !isRecord(design)) return outer
  return [...members(design['readings']), ...members(design['variations'])].flatMap((reading) => validateReading(reading, place))
}

function validateReading(reading: unknown, place: readonly string[]): readonly Diagnostic[] {
  const name = isRecord(reading) && typeof reading['name'] === 'string' ? reading['name'] : '?'
  const here = [...place, `reading ${name}`]
  const policy: Expected = { says: 'a policy, such as { ...cpython32, plainCallsLookIn: ... }', accepts: isRecord }
  const diagnostics = expectShape(reading, { name: kebabCase, says: text, policy, question: optional(text), story: optional(text) }, here)
  return diagnostics.length > 0 || !isRecord(reading) ? diagnostics : validatePolicy(reading['policy'], [...here, 'policy'])
}

function members(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
