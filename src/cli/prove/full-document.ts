import { stableJson } from '../../foundation/stable-json.ts'
import type { TaskResult } from '../cells/task.ts'
import type { Run } from './run-plan.ts'

/**
 * full.json: as verdicts.json, an entry for each search with a line for each promise, and the digest of its model, so that a change shows
 * as one line of a diff.
 */
export function fullDocument({ tasks, results }: Run): string {
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
  return (result?.findings ?? []).map(({ cell, status, reason }) => `  ${stableJson(cell.property)}: ${stableJson(reason === undefined ? status : [status, reason])}`)
}
