import type { CCall } from './c-calls.ts'
import type { ToldChange } from './told-step.ts'
import { describePlace, nothing } from './told-step.ts'
import type { ToldTrace } from './told-trace.ts'
import type { TraceVocabulary } from './trace-vocabulary.ts'

/**
 * A trace as a Mermaid sequence diagram: a lane for each OS thread that acts and one for the lock; arrows where the lock is taken or dropped,
 * notes for what is attached, made and freed, and a cross with `wrong` at the step that breaks the promise. Ends without a newline.
 */
export function sequenceDiagram(trace: ToldTrace, vocabulary: TraceVocabulary, wrong: string): string {
  const threads = [...new Set(trace.steps.map(({ thread }) => thread))]
  const lane = (thread: string): string => `t${threads.indexOf(thread)}`
  const beginning = new Map(trace.calls.flatMap((call): [number, CCall][] => (call.name === undefined ? [] : [[call.firstStep, call]])))
  const lines = trace.steps.flatMap((step, i) => {
    const from = lane(step.thread)
    const call = beginning.get(step.number)
    return [
      ...(call?.name === undefined ? [] : [`${from}->>${from}: ${escapeMermaid(call.name)}`]),
      ...step.changes.flatMap((change) => lineOf(change, from, vocabulary)),
      ...(i === trace.steps.length - 1 ? [`${from}-x${from}: ${escapeMermaid(`❌ ${wrong}`)}`] : []),
    ]
  })
  return [
    'sequenceDiagram',
    ...threads.map((thread) => `participant ${lane(thread)} as ${escapeMermaid(thread)}`),
    `participant lock as ${escapeMermaid(vocabulary.lockName)}`,
    ...lines,
  ].join('\n    ')
}

/** Text that cannot end a statement, begin a comment or an entity, or open a tag. Source: "Entity codes to escape characters", Mermaid. */
export function escapeMermaid(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  // "end" closes a block wherever the lexer meets it alone.
  return flat
    .replace(/[#;"'<>%{}\\:]/g, (character) => `#${character.charCodeAt(0)};`)
    .replace(/\bend\b/gi, (word) => `${word[0]}#${word.charCodeAt(1)};${word.slice(2)}`)
}

function lineOf(change: ToldChange, lane: string, vocabulary: TraceVocabulary): readonly string[] {
  const { variable, from, to } = change
  const note = (text: string): readonly string[] => [`Note over ${lane}: ${escapeMermaid(text)}`]
  if (variable === vocabulary.isLocked) {
    return [to === 'true' ? `${lane}->>lock: takes it` : `${lane}-->>lock: drops it`]
  }
  if (variable === vocabulary.attached) {
    if (to === nothing) return note(`detaches ${from}`)
    return note(from === nothing ? `attaches ${to}` : `attaches ${to} in place of ${from}`)
  }
  if (!vocabulary.lives.includes(variable)) return []
  if (to === vocabulary.alive) return note(`makes ${describePlace(change)}`)
  return from === vocabulary.alive ? note(`frees ${describePlace(change)}`) : []
}
