import type { ToldChange, ToldStep } from './told-step.ts'
import { describePlace } from './told-step.ts'

/**
 * What a reader is shown of a step's changes, as "place: before → after": shared state, or the locals of the functions on the call stack
 * where nothing shared changed, then monitors, marked as such, where there is nothing else.
 */
export function shownChanges(step: ToldStep): readonly string[] {
  const shared = step.changes.filter(({ kind }) => kind === 'shared')
  if (shared.length > 0) return shared.map((change) => `${describePlace(change)}: ${arrow(change)}`)
  const locals = step.changes.filter((change) => change.kind === 'local' && isLocalOf(step, change) && change.to !== 'none')
  if (locals.length > 0) return locals.map((change) => `${localName(change)} = ${change.to}`)
  return step.changes
    .filter(({ kind }) => kind === 'monitor')
    .map((change) => `monitor ${localName({ ...change, variable: describePlace(change) })}: ${arrow(change)}`)
}

/** Name of a local without its process and function: "mine" of "thread 1.PyGILState_Ensure.mine". */
export function localName({ variable }: Pick<ToldChange, 'variable'>): string {
  return variable.split('.').at(-1) ?? variable
}

/** A local of a function that is being called, or of the program's own code: the others change only because they are dead. */
export function isLocalOf({ calls }: ToldStep, { variable }: ToldChange): boolean {
  const parts = variable.split('.')
  return parts.length < 3 ? calls.length === 0 : calls.includes(parts[1] ?? '')
}

function arrow({ from, to }: ToldChange): string {
  return `${from} → ${to}`
}
