import { DiagnosticError, InternalError } from '../../foundation/diagnostic.ts'

/** What a user's file does wrong while a scenario is put together is the user's to mend, not a bug of ours: MC605 in its place. */
export function blameModule(error: unknown, reading: string, client: string): unknown {
  if (!(error instanceof Error) || error instanceof DiagnosticError || error instanceof InternalError) return error
  const message = `its code fails when it is put together: ${error.name}: ${error.message}`
  const hint = 'Correct the file; the functions it exports are called with a stage or a scene.'
  return new DiagnosticError([{ code: 'MC605', message, hint, place: [`reading ${reading}`, `client ${client}`] }], { cause: error })
}
