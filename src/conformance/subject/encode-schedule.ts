import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { Schedule, ScheduledCall } from '../schedule/schedule.ts'

/** Fields of a request must not hold what separates them; names also stand in Python text and in JSON. */
const forbidden = /["\\\p{Cc}]/u

/** The request of the harness' protocol (head of `requests.c`) that runs this schedule. Errors: MC708 for names it cannot carry. */
export function encodeSchedule({ start, threads, steps }: Schedule): string {
  const lines = [['schedule', start], ...threads.map((name) => ['thread', name]), ...steps.map(encodeStep), ['run']]
  const bad = lines.flat().find((field) => forbidden.test(field))
  if (bad !== undefined)
    throw new DiagnosticError([
      {
        code: 'MC708',
        message: `A schedule has the name ${JSON.stringify(bad)}.`,
        hint: 'Names have no quotation marks, backslashes or control characters.',
        place: ['schedule'],
      },
    ])
  return lines.map((fields) => `${fields.join('\t')}\n`).join('')
}

function encodeStep({ thread, call, arguments: operands, result }: ScheduledCall): string[] {
  return ['step', thread, call, operands[0] ?? '', result ?? '']
}
