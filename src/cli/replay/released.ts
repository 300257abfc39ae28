import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { NamedReading } from '../../model/designs/design.ts'
import { releaseReadings } from '../../model/designs/releases.ts'
import { statusQuo } from '../../model/designs/status-quo.ts'

/** Only what was released can be run on a real Python. MC713 for a design that never was. */
export function refuseUnlessReleased(reading: NamedReading): void {
  if (reading.design === statusQuo || releaseReadings.some(({ name }) => name === reading.name)) return
  throw new DiagnosticError([
    {
      code: 'MC713',
      message: `"${reading.name}" was proposed and never released: no Python has it`,
      hint: 'Only the status quo and releases can be run on a real Python: check the same client with --design status-quo or --design cpython-3.11.',
      place: ['replay code'],
    },
  ])
}
