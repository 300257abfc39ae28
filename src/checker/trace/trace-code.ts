import type { Checked, Diagnostic } from '../../foundation/diagnostic.ts'
import { digestOf } from '../../foundation/digest.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import { readChoices, writeChoices } from './choice-text.ts'
import { modelDigest } from './model-digest.ts'

/** What a replay code stands for. */
export interface TraceCode {
  /** Names that find the system and the property again, such as reading, client and property; at least one. */
  readonly cell: readonly string[]
  /** Sizes of the scenario, such as threads, interpreters and rounds; at least one. */
  readonly bounds: readonly number[]
  /** See `modelDigest`; 8 to 64 hexadecimal digits. */
  readonly digest: string
  /** See `replayChoices`. */
  readonly choices: readonly number[]
}

const version = 'gp1'
const checkLength = 4
const form = `${version}:CELL...:BOUNDS:DIGEST:CHOICES:CHECK`

/**
 * One token of letters, digits and ". : _ -", which no shell touches:
 *
 *     gp1:coghlan.use:swig-callback:runs-in-its-interpreter:2.2.2:1a2b3c4d5e6f:0120-c-1:9f3a
 *     version, cell, bounds, digest, choices, and a check that notices a code cut short or mistyped
 */
export function encodeTraceCode({ cell, bounds, digest, choices }: TraceCode): string {
  const body = [version, ...cell.map(escapeName), bounds.join('.'), digest, writeChoices(choices)].join(':')
  return `${body}:${checkOf(body)}`
}

/** The inverse of `encodeTraceCode`, or MC501 with what was found. */
export function decodeTraceCode(code: string): Checked<TraceCode> {
  const parts = code.trim().split(':')
  const [found = ''] = parts
  if (found !== version) return malformed('version', `found "${found}", expected "${version}"`)
  const [bounds, digest, choices, check] = parts.slice(-4)
  if (parts.length < 6 || bounds === undefined || digest === undefined || choices === undefined) {
    return malformed('parts', `found ${parts.length} parts between colons, expected at least 6: ${form}`)
  }
  const cell = parts.slice(1, -4).map(unescapeName)
  const badName = cell.indexOf(undefined)
  if (badName >= 0) return malformed(`part ${badName + 2}`, `found "${parts[badName + 1]}", expected a name`)
  const sizes = bounds.split('.').map(Number)
  if (!/^\d+(\.\d+)*$/.test(bounds) || !sizes.every(Number.isSafeInteger)) {
    return malformed('bounds', `found "${bounds}", expected whole numbers with points between, such as 2.2.1`)
  }
  if (!/^[0-9a-f]{8,64}$/.test(digest)) {
    return malformed('digest', `found "${digest}", expected 8 to 64 hexadecimal digits`)
  }
  const read = readChoices(choices)
  if ('badAt' in read) {
    return malformed('choices', `found "${choices.slice(read.badAt, read.badAt + 8)}" at character ${read.badAt + 1}, expected a choice`)
  }
  const expected = checkOf(parts.slice(0, -1).join(':'))
  if (check !== expected) return malformed('check', `found "${check}", expected "${expected}"`)
  return { ok: true, value: { cell: cell.map((name) => name ?? ''), bounds: sizes, digest, choices: read } }
}

/** MC502 when the code was made with another version of the model. */
export function validateDigest(code: TraceCode, system: TransitionSystem): readonly Diagnostic[] {
  const digest = modelDigest(system)
  if (digest.startsWith(code.digest) || code.digest.startsWith(digest)) return []
  return [
    {
      code: 'MC502',
      message: `found the digest ${code.digest}, but the model now has ${digest}`,
      hint: 'Run the check again for a fresh code.',
      place: ['replay code', 'digest'],
    },
  ]
}

/** "_" becomes "__", and any other character that a part may not have "_2f_", its UTF-16 code unit. */
function escapeName(name: string): string {
  return name.replace(/[^A-Za-z0-9.-]/g, (unit) => (unit === '_' ? '__' : `_${unit.charCodeAt(0).toString(16)}_`))
}

/** Undefined unless the text is what `escapeName` makes of some name. */
function unescapeName(text: string): string | undefined {
  const name = text.replace(/_([0-9a-f]{0,4})_/g, (_, unit: string) => (unit === '' ? '_' : String.fromCharCode(Number.parseInt(unit, 16))))
  return escapeName(name) === text ? name : undefined
}

function checkOf(body: string): string {
  return digestOf(body).slice(0, checkLength)
}

function malformed(part: string, message: string): Checked<never> {
  const hint = 'Copy the code again, in full.'
  return { ok: false, diagnostics: [{ code: 'MC501', message, hint, place: ['replay code', part] }] }
}
