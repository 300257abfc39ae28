import type { CallName } from './calls.ts'
import type { Schedule, ScheduledCall } from './schedule.ts'

/** A step as people read it: `F: PyGILState_Ensure() -> g`. */
export function writeStep({ thread, call, arguments: operands, result }: ScheduledCall): string {
  return `${thread}: ${call}(${operands.join(', ')})${result === undefined ? '' : ` -> ${result}`}`
}

/** A schedule from steps as `writeStep` writes them; threads are those that make calls, the main thread M being the first. */
export function scheduleOf(lines: readonly string[], start: Schedule['start'] = 'initialized with threads'): Schedule {
  const steps = lines.map(readStep)
  const started = steps.flatMap(({ call, result }) => (startsThread.has(call) && result !== undefined ? [result] : []))
  const threads = [...new Set(['M', ...steps.map(({ thread }) => thread)])].filter((name) => !started.includes(name))
  return { threads, start, steps }
}

const startsThread: ReadonlySet<string> = new Set<CallName>(['start a Python thread', 'start a threading thread', 'start a daemon thread'])

/** Whether the call exists is not asked here: the harness and the model say so. */
function readStep(line: string): ScheduledCall {
  const [, thread = '', call = '', operand = '', result] = /^(\w+): ([^(]+)\((.*)\)(?: -> (\w+'?))?$/.exec(line) ?? []
  const operands = operand === '' ? [] : [operand]
  return { thread, call: call as CallName, arguments: operands, ...(result === undefined ? {} : { result }) }
}
