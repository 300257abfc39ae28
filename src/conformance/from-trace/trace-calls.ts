import type { Trace } from '../../checker/trace/trace.ts'
import { threadBody } from '../../model/clients/client-thread.ts'
import type { ProgramCall } from '../../model/language/action.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { CallName } from '../schedule/calls.ts'
import { calls } from '../schedule/calls.ts'

/** A call that a trace begins. */
export interface TraceCall {
  /** Position of the thread among the system's processes. */
  readonly process: number
  readonly call: ProgramCall
  readonly name: CallName
}

/**
 * The calls of a trace in the order in which they begin. A thread that Python starts begins by itself; the end of its body is a `return`.
 * Undefined parts: names of calls that no schedule can make.
 */
export function callsOf(
  system: TransitionSystem,
  trace: Trace,
): { readonly calls: readonly TraceCall[]; readonly unknown: readonly string[] } {
  const begun: TraceCall[] = []
  const unknown = new Set<string>()
  const now = new Map<number, ProgramCall | undefined>()
  const started = new Set<number>()
  for (const { action, process } of trace.steps) {
    const call = system.actions[action]?.call
    const isNew = call !== undefined && now.get(process) !== call
    now.set(process, call)
    if (!isNew) continue
    const isStart = call.name === threadBody && !started.has(process)
    if (isStart) started.add(process)
    const name = call.name === threadBody ? 'return' : call.name
    if (isStart) continue
    if (isCallName(name)) begun.push({ process, call, name })
    else unknown.add(name)
  }
  return { calls: begun, unknown: [...unknown] }
}

function isCallName(name: string): name is CallName {
  return Object.hasOwn(calls, name)
}
