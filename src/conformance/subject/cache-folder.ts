import { mkdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DiagnosticError } from '../../foundation/diagnostic.ts'

/** Where compiled harnesses and compiled Python code are kept. Made if it is missing. MC707 if it belongs to another user. */
export function cacheFolder(): string {
  const user = process.getuid?.() ?? 0
  const cache = process.env['XDG_CACHE_HOME']
  const folder = cache === undefined || cache === '' ? join(tmpdir(), `gilproof-${user}`) : join(cache, 'gilproof')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // What lies in a folder that another user could write is not run.
  if (statSync(folder).uid !== user) {
    const message = `The cache folder ${folder} belongs to another user.`
    throw new DiagnosticError([
      { code: 'MC707', message, hint: 'Set XDG_CACHE_HOME to a folder of yours.', place: ['conformance harness'] },
    ])
  }
  return folder
}
