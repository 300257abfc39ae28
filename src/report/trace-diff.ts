import type { ToldStep } from './told-step.ts'
import type { ToldTrace } from './told-trace.ts'

/** Where two traces part: how many told steps they share, and what each does next. */
export interface TraceDifference {
  readonly sharedSteps: number
  /** Undefined where the trace ends. */
  readonly first?: ToldStep
  readonly second?: ToldStep
}

/** Steps are the same when thread, call stack, sentence and shared changes are. */
export function compareTraces(first: ToldTrace, second: ToldTrace): TraceDifference {
  let sharedSteps = 0
  while (sharedSteps < first.steps.length && keyOf(first.steps[sharedSteps]) === keyOf(second.steps[sharedSteps])) sharedSteps++
  const one = first.steps[sharedSteps]
  const other = second.steps[sharedSteps]
  return { sharedSteps, ...(one === undefined ? {} : { first: one }), ...(other === undefined ? {} : { second: other }) }
}

/** "The traces agree for 7 steps. Then the first ...; the second ...." */
export function describeTraceDifference({ sharedSteps, first, second }: TraceDifference): string {
  if (first === undefined && second === undefined) return `The traces are the same, ${sharedSteps} steps.`
  const agreed =
    sharedSteps === 0
      ? 'The traces differ from the first step.'
      : `The traces agree for ${sharedSteps === 1 ? 'one step' : `${sharedSteps} steps`}.`
  return `${agreed} Then in the first ${describeNext(first)}; in the second ${describeNext(second)}.`
}

function describeNext(step: ToldStep | undefined): string {
  if (step === undefined) return 'nothing more happens'
  const innermost = step.calls.at(-1)
  return `${step.thread} ${step.says}${innermost === undefined ? '' : ` (${innermost})`}`
}

function keyOf(step: ToldStep | undefined): string {
  if (step === undefined) return 'end'
  const shared = step.changes.filter(({ kind }) => kind === 'shared')
  return JSON.stringify([step.thread, step.calls, step.says, shared])
}
