import type { CCall } from './c-calls.ts'
import { effectsOf } from './call-effects.ts'
import type { Evidence } from './finding.ts'
import type { PageContext } from './report-input.ts'
import { capitalized, enumerated } from './sentence.ts'
import { isLocalOf } from './shown-changes.ts'
import type { ToldStep } from './told-step.ts'
import { nothing } from './told-step.ts'
import type { ToldTrace } from './told-trace.ts'

/**
 * A counterexample in three to five sentences that name its threads, thread states and interpreters: what came before, the call that decides
 * it and what that call finds, what others did meanwhile, how it ends, and what that means for the user. Plain text.
 */
export function tellStory(trace: ToldTrace, evidence: Evidence, context: PageContext): readonly string[] {
  const { decisive, end } = plotOf(trace, evidence, context)
  const scene = decisive === undefined ? [] : before(trace, decisive, context)
  const sentences = decisive === undefined ? [] : [...deciding(decisive, scene.length > 0, context), ...meanwhile(trace, decisive, context)]
  return [...scene, ...sentences, end, context.promise.consequence]
}

/** The same in three sentences: the call that decides it, how it ends, and what that means. */
export function tellShortStory(trace: ToldTrace, evidence: Evidence, context: PageContext): readonly string[] {
  const { decisive, end } = plotOf(trace, evidence, context)
  const [first] = decisive === undefined ? [] : deciding(decisive, false, context)
  return [first ?? 'No call of the API decides it: the program comes to it by its own code.', end, context.promise.consequence]
}

interface Plot {
  readonly decisive: CCall | undefined
  readonly end: string
}

function plotOf(trace: ToldTrace, evidence: Evidence, context: PageContext): Plot {
  const last = trace.steps.at(-1)
  if (last === undefined) return { decisive: undefined, end: 'The promise is broken from the start, before any step.' }
  const isDeadlock = evidence.standing.length > 0 && evidence.standing.every(({ isBlocked }) => isBlocked)
  const culprit = isDeadlock ? (trace.lockHolder ?? last.thread) : last.thread
  const decisive = decisiveCall(trace, culprit, last, isDeadlock, context)
  return { decisive, end: isDeadlock ? deadlock(trace, evidence, context) : ending(trace, last, context) }
}

/**
 * The last call of the culprit that has an effect, or its last call at all where it is stuck; of another thread where the culprit has none,
 * or where the culprit's last call is over and the other thread did something since.
 */
function decisiveCall(
  { calls }: ToldTrace,
  culprit: string,
  last: ToldStep,
  isStuck: boolean,
  { vocabulary }: PageContext,
): CCall | undefined {
  const named = calls.filter(({ name }) => name !== undefined)
  const own = named.filter(({ thread }) => thread === culprit)
  if (isStuck || /^(waits for ever|comes to where)/.test(last.says)) return own.at(-1)
  const hasEffect = (call: CCall): boolean => effectsOf(call, vocabulary).length > 0
  return own.findLast(hasEffect) ?? named.findLast(hasEffect) ?? own.at(-1)
}

function before({ calls }: ToldTrace, decisive: CCall, context: PageContext): readonly string[] {
  // What other threads did before this one began only sets the scene.
  const begins = calls.find(({ thread }) => thread === decisive.thread)?.firstStep ?? 1
  const phrases = mergeEffects(
    calls.filter((call) => call !== decisive && call.firstStep >= begins && call.firstStep < decisive.firstStep),
    context,
  )
  return phrases.length === 0 ? [] : [`${capitalized(phrases.join('; '))}.`]
}

function meanwhile({ calls }: ToldTrace, decisive: CCall, context: PageContext): readonly string[] {
  const phrases = mergeEffects(
    calls.filter((call) => call.thread !== decisive.thread && call.lastStep > decisive.firstStep),
    context,
  )
  return phrases.length === 0 ? [] : [`Meanwhile ${phrases.join('; ')}.`]
}

/** The last four effective calls, grouped by thread as they come: "main thread makes sub (Py_NewInterpreter), then detaches ...". */
function mergeEffects(calls: readonly CCall[], { vocabulary }: PageContext): readonly string[] {
  const effective = calls.filter((call) => effectsOf(call, vocabulary).length > 0).slice(-4)
  const groups: { readonly thread: string; readonly phrases: string[] }[] = []
  for (const call of effective) {
    const phrase = `${enumerated(effectsOf(call, vocabulary))}${call.name === undefined ? '' : ` (${call.name})`}`
    const group = groups.at(-1)
    if (group?.thread === call.thread) group.phrases.push(phrase)
    else groups.push({ thread: call.thread, phrases: [phrase] })
  }
  return groups.map(({ thread, phrases }) => `${thread} ${phrases.length > 2 ? phrases.join(', then ') : phrases.join(' and then ')}`)
}

function deciding(call: CCall, hasScene: boolean, { vocabulary, reading }: PageContext): readonly string[] {
  const effects = enumerated(effectsOf(call, vocabulary))
  const found = call.steps.flatMap(findingsOf)
  const how = found.length === 0 ? '' : `: it ${enumerated(found)}`
  const why = reading.story === undefined ? [] : [reading.story]
  const sentence = `${hasScene ? 'Then ' : ''}${call.thread} calls ${call.name ?? ''}${effects === '' ? '' : `, which ${effects}`}${how}.`
  return [capitalized(sentence), ...why]
}

/** "reads its GILState slot and finds thread state 1 (sub)": what a step that looks somewhere kept in a local. */
function findingsOf(step: ToldStep): readonly string[] {
  if (!/^(reads|looks)\b/.test(step.says)) return []
  const kept = step.changes.find((change) => change.kind === 'local' && isLocalOf(step, change))
  const value = kept === undefined || kept.to === nothing ? 'nothing' : kept.to
  return [`${step.says} and finds ${value}`]
}

function deadlock({ attachedAtEnd, lockHolder }: ToldTrace, { standing }: Evidence, { vocabulary }: PageContext): string {
  const waiting = standing.map(({ thread, calls }) => {
    const attached = attachedAtEnd.get(thread)
    const having = attached === undefined || attached === nothing ? '' : `, with ${attached} attached`
    const holding = thread === lockHolder ? `, while it holds the ${vocabulary.lockName} itself` : ''
    return `${thread} waits ${calls.length === 0 ? 'in its own code' : stackOf(calls)}${having}${holding}`
  })
  return `Now nobody can go on: ${waiting.join('; ')}.`
}

function ending(trace: ToldTrace, last: ToldStep, { promise, vocabulary }: PageContext): string {
  if (promise.story !== undefined) return fill(promise.story, trace, last, vocabulary.attached)
  const attached = attachedOf(trace, last.thread)
  const where = [
    ...(last.calls.length === 0 ? [] : [stackOf(last.calls)]),
    ...(attached === undefined ? [] : [`with ${attached} attached`]),
  ]
  const circumstances = where.length === 0 ? '' : `, ${where.join(', ')},`
  // "clears the thread state: a freed thread state is used" says itself what is wrong.
  const wrong = last.says.includes(': ') ? '' : `: ${promise.violation}`
  return `In the end ${last.thread}${circumstances} ${last.says}${wrong}.`
}

/** "in take_gil, called by PyGILState_Ensure". */
function stackOf(calls: readonly string[]): string {
  const [outermost = ''] = calls
  const innermost = calls.at(-1) ?? ''
  return innermost === outermost ? `in ${outermost}` : `in ${innermost}, called by ${outermost}`
}

/** Fills {thread}, {attached}, {detached} and {call} with this trace's names. */
function fill(template: string, trace: ToldTrace, last: ToldStep, attachedVariable: string): string {
  const values: Readonly<Record<string, string>> = {
    thread: last.thread,
    attached: attachedOf(trace, last.thread) ?? 'no thread state',
    detached: detachedBefore(trace, last.thread, attachedVariable),
    call: last.calls[0] ?? 'its own code',
  }
  return capitalized(template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole))
}

function attachedOf({ attachedAtEnd }: ToldTrace, thread: string): string | undefined {
  const attached = attachedAtEnd.get(thread)
  return attached === nothing ? 'nothing' : attached
}

/** What the thread last let go of. */
function detachedBefore({ calls }: ToldTrace, thread: string, attached: string): string {
  const own = calls.filter((call) => call.thread === thread).flatMap(({ steps }) => steps.flatMap(({ changes }) => changes))
  return own.findLast(({ variable, from, to }) => variable === attached && from !== nothing && to === nothing)?.from ?? 'nothing'
}
