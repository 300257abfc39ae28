import { match } from 'ts-pattern'
import { describeCellBounds } from './cell-bounds.ts'
import type { Evidence, Finding, SearchSummary } from './finding.ts'
import type { PageContext } from './report-input.ts'
import { enumerated } from './sentence.ts'
import { tellStory } from './story.ts'
import type { ToldTrace } from './told-trace.ts'
import { tellTrace } from './told-trace.ts'

/** What the page of one cell says, before it is set in Markdown or for a terminal. Plain text throughout. */
export interface PageContent {
  readonly title: string
  readonly question: string
  /** One sentence. */
  readonly answer: string
  /** Label and text: design, reading, client, bounds, promise, verdict. */
  readonly facts: readonly (readonly [label: string, text: string])[]
  readonly counterexample?: Counterexample
}

export interface Counterexample {
  readonly evidence: Evidence
  readonly trace: ToldTrace
  /** Sentences. */
  readonly story: readonly string[]
  readonly replay: string
  /** "Python/pystate.c (3.2): new_threadstate, PyGILState_Ensure": each file and function once, in the order of the trace. */
  readonly sources: readonly (readonly [file: string, symbols: readonly string[]])[]
}

export function pageContent(finding: Finding, context: PageContext): PageContent {
  const { reading, client, promise } = context
  const { evidence } = finding
  const content = {
    title: `${titleOf(finding, context)}: ${client.name} on ${reading.name}`,
    question: `Is this promise kept for "${client.title}" on ${reading.designTitle}? ${promise.says}`,
    answer: answerOf(finding, context),
    facts: factsOf(finding, context),
  }
  if (evidence === undefined) return content
  const trace = tellTrace(evidence, context.vocabulary)
  return {
    ...content,
    counterexample: {
      evidence,
      trace,
      story: tellStory(trace, evidence, context),
      replay: `gilproof replay ${evidence.replayCode}`,
      sources: sourcesOf(trace),
    },
  }
}

function titleOf({ status }: Finding, { promise }: PageContext): string {
  return status === 'violated' ? promise.violation : promise.name
}

function answerOf(finding: Finding, { promise }: PageContext): string {
  const { evidence } = finding
  return match(finding.status)
    .with('safe', () => 'Yes: no reachable state or step breaks it, and the situation it speaks of does occur.')
    .with('never-exercised', () => 'Yes, but only because the situation it speaks of never occurs in these bounds.')
    .with(
      'undecided',
      () => `Unknown: the search was cut short (${finding.search?.limit ?? 'a limit was hit'}) and had found no violation so far.`,
    )
    .with('not-applicable', () => `The question does not arise: ${finding.reason ?? 'the client cannot be run on the design'}.`)
    .with('violated', () => `No: ${promise.violation}${evidence === undefined ? '' : `, ${traceSize(evidence)}`}.`)
    .exhaustive()
}

function traceSize({ steps, contextSwitches }: Evidence): string {
  const acting = [...new Set(steps.map(({ thread }) => thread))]
  const switches =
    contextSwitches === 0
      ? 'without a single context switch'
      : `with ${contextSwitches === 1 ? 'one context switch' : `${contextSwitches} context switches`}`
  return `after ${steps.length} steps of ${enumerated(acting)}, ${switches}`
}

function factsOf(finding: Finding, { reading, client, promise }: PageContext): PageContent['facts'] {
  const variation = reading.isVariation ? [['Open question', reading.question ?? ''] as const] : []
  const differences = reading.differences.map(({ decision, nominal, here }) => `${decision}: ${here} (nominal: ${nominal})`)
  return [
    ['Design', `${reading.designTitle} (${reading.by}). ${reading.designSays}`],
    [reading.isVariation ? 'Variation' : 'Reading', `${reading.name}. ${reading.says}`],
    ...variation,
    ...(differences.length === 0 ? [] : [['Differs in', differences.join('; ')] as const]),
    ['Client', `${client.title} (${client.name}, ${client.kind}). ${client.says}`],
    ['Promise', `${promise.name}: ${promise.says}`],
    ['Promised by', promise.promisedBy],
    ['Bounds', describeCellBounds(finding.cell.bounds)],
    ['Verdict', verdictOf(finding)],
  ]
}

function verdictOf({ status, search, evidence }: Finding): string {
  const kept = match(status)
    .with('safe', () => 'safe')
    .with('never-exercised', () => 'safe, but never exercised')
    .with('violated', () => 'violated')
    .with('undecided', () => 'undecided')
    .with('not-applicable', () => 'not applicable')
    .exhaustive()
  const length =
    evidence === undefined
      ? ''
      : `; ${evidence.isShortest ? 'no trace is shorter' : 'a shorter trace may exist'}: ${evidence.stepCount} steps, silent bookkeeping counted`
  return `${kept}${length}${search === undefined ? '' : `. ${describeSearch(search)}`}`
}

/** "All 1234 reachable states were seen, at most 56 steps deep." */
export function describeSearch({ coverage, limit, distinctStates, diameter }: SearchSummary): string {
  const states = distinctStates.toLocaleString('en-US')
  if (coverage === 'exhaustive') return `The search was exhaustive: ${states} distinct states, the deepest ${diameter} steps away.`
  return `The search was cut short (${limit ?? 'limit'}): ${states} distinct states, at most ${diameter} steps away.`
}

function sourcesOf(trace: ToldTrace): Counterexample['sources'] {
  const symbols = new Map<string, Set<string>>()
  for (const { source } of trace.steps) {
    if (source === undefined) continue
    const file = `${source.file} (${source.version})`
    symbols.set(file, (symbols.get(file) ?? new Set()).add(source.symbol))
  }
  return [...symbols].map(([file, found]) => [file, [...found]] as const)
}
