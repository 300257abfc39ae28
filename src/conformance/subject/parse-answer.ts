import { InternalError } from '../../foundation/diagnostic.ts'
import type { InterpreterObservation, Observation } from './observation.ts'

/** One line of the harness, as the head of `requests.c` describes them. */
export type HarnessAnswer =
  | { readonly kind: 'observation'; readonly observation: Observation }
  | { readonly kind: 'end' }
  | { readonly kind: 'ready'; readonly version: string; readonly debug: boolean; readonly isExact: boolean; readonly layout: MemoryLayout }
  | { readonly kind: 'error'; readonly code: string; readonly message: string }

/** Where this build keeps what no function tells; -1 where it was not found. For diagnosis only. */
export type MemoryLayout = Readonly<Record<string, number | boolean>>

/** Reads an answer. The harness is ours and compiled from the same sources, so only the kind of line is checked. */
export function parseAnswer(line: string): HarnessAnswer {
  const fields = parse(line)
  if ('step' in fields) return { kind: 'observation', observation: inOrder(fields as unknown as Observation) }
  if ('end' in fields) return { kind: 'end' }
  if ('error' in fields) return { kind: 'error', code: String(fields['error']), message: String(fields['message']) }
  if ('ready' in fields)
    return {
      kind: 'ready',
      version: String(fields['version']).replace(/\s+/g, ' '),
      debug: fields['debug'] === true,
      isExact: fields['exact'] === true,
      layout: fields['layout'] as MemoryLayout,
    }
  throw new InternalError('MC901', `the harness answered ${JSON.stringify(line.slice(0, 200))}`)
}

function parse(line: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch (error) {
    throw new InternalError('MC901', `the harness answered ${JSON.stringify(line.slice(0, 200))}`, { cause: error })
  }
}

/** The harness tells things in the order it meets them; observations are compared, so theirs is that of names. */
function inOrder({ cameBack, threads, interpreters, ...rest }: Observation): Observation {
  return {
    ...rest,
    cameBack: [...cameBack].sort((one, other) => compare(one.thread, other.thread)),
    threads: [...threads].sort((one, other) => compare(one.name, other.name)),
    interpreters: [...interpreters].sort((one: InterpreterObservation, other) => compare(one.name, other.name)),
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
