import type { ToldStep } from './told-step.ts'

/** A call a program makes from its own code, with everything it calls in turn. */
export interface CCall {
  readonly thread: string
  /** Outermost function; absent for the program's own code. */
  readonly name?: string
  readonly steps: readonly ToldStep[]
  readonly firstStep: number
  readonly lastStep: number
}

/**
 * The calls of a trace in the order they begin. Steps of a thread that follow each other, whatever other threads do in between, belong to
 * one call when they have the same activation, or the same outermost function where the trace does not tell activations. A call in a loop
 * has one activation every time: it begins anew when its first step is taken again.
 */
export function callsOf(steps: readonly ToldStep[]): readonly CCall[] {
  const calls: ToldStep[][] = []
  const open = new Map<string, ToldStep[]>()
  for (const step of steps) {
    const call = open.get(step.thread)
    if (call !== undefined && continues(call, step)) {
      call.push(step)
      continue
    }
    const begun = [step]
    open.set(step.thread, begun)
    calls.push(begun)
  }
  return calls.flatMap(describeCall)
}

function continues(call: readonly ToldStep[], step: ToldStep): boolean {
  const [first] = call
  if (first === undefined || first.calls[0] !== step.calls[0] || first.activation !== step.activation) return false
  return step.calls.length === 0 || !isSameStep(first, step)
}

function isSameStep(one: ToldStep, other: ToldStep): boolean {
  return one.says === other.says && one.calls.join() === other.calls.join()
}

function describeCall(steps: readonly ToldStep[]): readonly CCall[] {
  const [first] = steps
  const last = steps.at(-1)
  if (first === undefined || last === undefined) return []
  const [name] = first.calls
  return [{ thread: first.thread, ...(name === undefined ? {} : { name }), steps, firstStep: first.number, lastStep: last.number }]
}
