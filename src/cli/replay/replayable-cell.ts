import type { Replayable } from '../../conformance/from-trace/replayable.ts'
import { replayable } from '../../conformance/from-trace/replayable.ts'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { Catalogs } from '../cells/catalogs.ts'
import { findReading } from '../cells/catalogs.ts'
import type { RebuiltCell } from '../cells/rebuild-cell.ts'
import { refuseUnlessReleased } from './released.ts'

/** The schedule of a cell that was built again. MC713 for a design that was never released, MC714 for calls that no schedule can make. */
export function replayableCell(cell: RebuiltCell, catalogs: Catalogs): Replayable {
  refuseUnlessReleased(findReading(cell.finding.cell.reading, catalogs))
  const made = replayable(cell)
  if (made.unknown.length === 0) return made
  throw new DiagnosticError([
    {
      code: 'MC714',
      message: `a schedule cannot have ${made.unknown.join(', ')}`,
      hint: 'Choose another counterexample; this one can be replayed in the model only.',
      place: ['replay code'],
    },
  ])
}

/** Why lockstep cannot show what the trace shows; undefined where it can. */
export function whyNotForced({ shows, interrupted }: Replayable): string | undefined {
  switch (shows) {
    case 'always':
      return undefined
    case 'sometimes':
      return 'Which of several waiting threads goes on first is left open: the failure shows in some runs only.'
    case 'never':
      return interrupted.length > 0
        ? `The failure needs an interleaving inside ${interrupted.join(' and inside ')} that lockstep cannot force.`
        : 'The failure needs a thread to be late that lockstep lets go on at once: lockstep cannot force it.'
  }
}
