import type { Trace } from '../../checker/trace/trace.ts'
import { threadBody } from '../../model/clients/client-thread.ts'
import type { ProgramCall } from '../../model/language/action.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { CallName } from '../schedule/calls.ts'
import { calls } from '../schedule/calls.ts'

/**
 * What has another name in a schedule. `threading` waits until a thread of its own has begun, without the GIL; for a daemon the model's
 * `_thread.start_new_thread` is the same.
 */
const scheduledAs: Readonly<Record<string, CallName>> = { [threadBody]: 'return', 'start a daemon thread': 'start a Python thread' }

/** A call that a trace begins. */
export interface TraceCall {
  /** Position of the thread among the system's processes. */
  readonly process: number
  readonly call: ProgramCall
  readonly name: CallName
}

/**
 * The calls of a trace in the order in which they begin. A thread that Python starts begins by itself; the end of its body is a `return`.
 * Unknown are calls that no schedule can make, and those that call the program back: atexit callbacks and finalizers.
 */
export function callsOf(system: TransitionSystem, trace: Trace): TraceCalls {
  const calls: TraceCall[] = []
  const unknown = new Set<string>()
  for (const { process, call, again } of beginningsOf(system, trace)) {
    const isBody = call.name === threadBody
    const name = scheduledAs[call.name] ?? call.name
    if (isBody && again === 'never') continue
    if (!isCallName(name)) unknown.add(name)
    else if (again === 'in a row') unknown.add(`what ${name} calls back`)
    else calls.push({ process, call, name })
  }
  return { calls, unknown: [...unknown] }
}

export interface TraceCalls {
  readonly calls: readonly TraceCall[]
  readonly unknown: readonly string[]
}

interface Beginning {
  readonly process: number
  readonly call: ProgramCall
  /** Whether its thread was in this call before: not at all, or with other calls between but no code of its own. */
  readonly again: 'never' | 'later' | 'in a row'
}

function beginningsOf(system: TransitionSystem, trace: Trace): readonly Beginning[] {
  const beginnings: Beginning[] = []
  const now = new Map<number, ProgramCall | undefined>()
  /** Calls of each thread since it last ran code of its own. */
  const rows = new Map<number, readonly ProgramCall[]>()
  for (const { action, process } of trace.steps) {
    const call = system.actions[action]?.call
    const row = rows.get(process) ?? []
    if (call !== undefined && now.get(process) !== call) {
      const wasBefore = beginnings.some((earlier) => earlier.process === process && earlier.call === call)
      beginnings.push({
        process,
        call,
        again: !wasBefore ? 'never' : row.includes(call) && call.name !== threadBody ? 'in a row' : 'later',
      })
    }
    now.set(process, call)
    rows.set(process, call === undefined ? [] : [...row, call])
  }
  return beginnings
}

function isCallName(name: string): name is CallName {
  return Object.hasOwn(calls, name)
}
