import type { CCall } from './c-calls.ts'
import { enumerated } from './sentence.ts'
import type { ToldChange } from './told-step.ts'
import { describePlace, nothing } from './told-step.ts'
import type { TraceVocabulary } from './trace-vocabulary.ts'

/**
 * What a call achieved, as phrases that follow the name of a thread: "makes interpreter sub", "makes and attaches thread state 1 (sub)",
 * "drops the GIL". Only the net effect counts: a call that lets go of the lock and takes it back has none.
 */
export function effectsOf(call: Pick<CCall, 'steps'>, vocabulary: TraceVocabulary): readonly string[] {
  const changes = call.steps.flatMap((step) => step.changes)
  const { lives, alive } = vocabulary
  const own = changes.filter(({ variable }) => lives.includes(variable))
  const { from, to } = netChange(changes, vocabulary.attached) ?? { from: nothing, to: nothing }
  const made = own.filter((change) => change.to === alive).map(describePlace)
  const freed = own.filter((change) => change.from === alive).map(describePlace)
  const isAttachment = from !== to
  const attaches =
    isAttachment && to !== nothing ? [withVerb('attaches', 'makes', made, to) + (from === nothing ? '' : ` in place of ${from}`)] : []
  const detaches = isAttachment && to === nothing ? [withVerb('detaches', 'frees', freed, from)] : []
  return [
    ...listed('makes', made, attaches.length > 0 ? to : undefined),
    ...listed('frees', freed, detaches.length > 0 ? from : undefined),
    ...attaches,
    ...detaches,
    ...(isAttachment ? [] : lockOf(changes, vocabulary)),
  ]
}

/** "makes and attaches X" where X was made in the same call. */
function withVerb(verb: string, other: string, changed: readonly string[], name: string): string {
  return changed.includes(name) ? `${other} and ${verb} ${name}` : `${verb} ${name}`
}

function listed(verb: string, names: readonly string[], toldElsewhere: string | undefined): readonly string[] {
  const rest = names.filter((name) => name !== toldElsewhere)
  return rest.length === 0 ? [] : [`${verb} ${enumerated(rest)}`]
}

function lockOf(changes: readonly ToldChange[], { isLocked, lockName }: TraceVocabulary): readonly string[] {
  const net = netChange(changes, isLocked)
  if (net === undefined || net.from === net.to) return []
  return [net.to === 'true' ? `takes the ${lockName}` : `drops the ${lockName}`]
}

function netChange(changes: readonly ToldChange[], variable: string): { readonly from: string; readonly to: string } | undefined {
  const own = changes.filter((change) => change.variable === variable)
  const [first] = own
  const last = own.at(-1)
  return first === undefined || last === undefined ? undefined : { from: first.from, to: last.to }
}
