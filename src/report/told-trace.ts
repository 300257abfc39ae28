import type { CCall } from './c-calls.ts'
import { callsOf } from './c-calls.ts'
import type { Change, Evidence, EvidenceStep } from './finding.ts'
import { goesOn } from './finding.ts'
import type { ToldChange, ToldStep } from './told-step.ts'
import { nothing } from './told-step.ts'
import type { TraceVocabulary } from './trace-vocabulary.ts'

/** A counterexample as pages speak of it: steps counted from 1 without gaps, and thread states named by their interpreter. */
export interface ToldTrace {
  readonly steps: readonly ToldStep[]
  readonly calls: readonly CCall[]
  /** What each thread had attached after the last step; absent where it never had anything. */
  readonly attachedAtEnd: ReadonlyMap<string, string>
  /** The thread that took the lock last and has not dropped it. */
  readonly lockHolder?: string
}

export function tellTrace(evidence: Evidence, vocabulary: TraceVocabulary): ToldTrace {
  const owners = new Map<string, string>()
  const { initially, isLocked } = vocabulary
  const attached = new Map([[initially.thread, initially.attached]])
  let lockHolder: string | undefined = initially.thread
  const steps = evidence.steps.map((step, i): ToldStep => {
    const { number: _, changes, ...rest } = i === evidence.steps.length - 1 ? arrival(step, evidence) : step
    const owned = changes.map(splitChange)
    const label = labeller(owners, owned, vocabulary)
    const told = owned.map((change) => labelled(change, label, vocabulary))
    for (const change of told) {
      noteAttachment(attached, step.thread, change, vocabulary)
      if (change.variable === isLocked) lockHolder = change.to === 'true' ? step.thread : undefined
    }
    const previous = evidence.steps[i - 1]
    return { ...rest, number: i + 1, changes: told, isContextSwitch: previous !== undefined && previous.thread !== step.thread }
  })
  return { steps, calls: callsOf(steps), attachedAtEnd: attached, ...(lockHolder === undefined ? {} : { lockHolder }) }
}

/** A silent last step is told as coming to where its thread then stands. */
function arrival(step: EvidenceStep, { standing }: Evidence): EvidenceStep {
  const next = standing.find(({ thread }) => thread === step.thread)
  if (step.says !== goesOn || next === undefined) return step
  const { calls, activation, says, isBlocked } = next
  return {
    ...step,
    calls,
    ...(activation === undefined ? {} : { activation }),
    says: isBlocked ? `waits for ever: never ${says}` : `comes to where it ${says}`,
  }
}

function splitChange({ what, kind, from, to }: Change): ToldChange {
  const [, variable = what, inside] = /^(.*?)\[(.*)\]$/.exec(what) ?? []
  return { kind, variable, indices: inside === undefined ? [] : inside.split(', '), from, to }
}

/** Follows what each identity belongs to; a name stays readable in the step that forgets it. */
function labeller(owners: Map<string, string>, changes: readonly ToldChange[], { belongsTo }: TraceVocabulary): (name: string) => string {
  const forgotten = new Map<string, string>()
  for (const { variable, indices, to } of changes) {
    const [identity] = indices
    if (variable !== belongsTo || identity === undefined) continue
    const before = owners.get(identity)
    if (before !== undefined) forgotten.set(identity, before)
    if (to === nothing) owners.delete(identity)
    else owners.set(identity, to)
  }
  return (name) => {
    const owner = owners.get(name) ?? forgotten.get(name)
    return owner === undefined ? name : `${name} (${owner})`
  }
}

function labelled(change: ToldChange, label: (name: string) => string, { belongsTo }: TraceVocabulary): ToldChange {
  // "interpreter of thread state 1 (sub): none → sub" would say it twice.
  const indices = change.variable === belongsTo ? change.indices : change.indices.map(label)
  return { ...change, indices, from: label(change.from), to: label(change.to) }
}

function noteAttachment(
  attached: Map<string, string>,
  thread: string,
  { variable, from, to }: ToldChange,
  vocabulary: TraceVocabulary,
): void {
  if (variable !== vocabulary.attached) return
  // What one thread left behind as current another may take away: only the last one to set it has it attached.
  for (const [other, threadState] of attached) if (other !== thread && threadState === from) attached.set(other, nothing)
  attached.set(thread, to)
}
