import { stableJson } from '../../foundation/stable-json.ts'
import type { Finding } from '../../report/finding.ts'
import type { TaskResult } from '../cells/task.ts'
import type { Run } from './run-plan.ts'

/** Last word of a violated cell whose trace need not be shortest: it is searched for again each time. */
const perhapsLonger = 'a shorter trace may exist'

/**
 * verdicts.json and full.json: an entry for each search with what it saw and the digest of its model, and a line for each promise: its
 * status, with the steps, context switches and replay code of its trace. A change shows as one line of a diff.
 */
export function verdictsDocument({ tasks, results }: Run): string {
  const entries = tasks.map(({ reading, client, bounds }, i) => {
    const { threads, interpreters, rounds } = bounds
    const result = results[i]
    const search = result?.findings[0]?.search
    const digest = result?.digest === undefined ? {} : { digest: result.digest }
    const head = { reading, client, bounds: `${threads}.${interpreters}.${rounds}`, ...digest, ...(search === undefined ? {} : { search }) }
    return `${stableJson(head).slice(0, -1)},"verdicts":{\n${verdictLines(result).join(',\n')}\n}}`
  })
  return `[\n${entries.join(',\n')}\n]\n`
}

function verdictLines(result: TaskResult | undefined): readonly string[] {
  return (result?.findings ?? []).map((finding) => `  ${stableJson(finding.cell.property)}: ${stableJson(verdictOf(finding))}`)
}

function verdictOf({ status, evidence, reason }: Finding): unknown {
  if (evidence === undefined) return reason === undefined ? status : [status, reason]
  const { stepCount, contextSwitches, replayCode, isShortest } = evidence
  return [status, stepCount, contextSwitches, replayCode, ...(isShortest ? [] : [perhapsLonger])]
}
