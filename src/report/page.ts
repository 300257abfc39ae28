import type { CCall } from './c-calls.ts'
import { effectsOf } from './call-effects.ts'
import type { Finding } from './finding.ts'
import { escapeMarkdown, inlineCode, link, markdownTable, prose } from './markdown.ts'
import type { Counterexample } from './page-content.ts'
import { pageContent } from './page-content.ts'
import type { PageContext } from './report-input.ts'
import { capitalized } from './sentence.ts'
import { sequenceDiagram } from './sequence-diagram.ts'
import { traceTable } from './trace-table.ts'

/** The Markdown page of one cell; ends with a newline. A cell that is not violated has no trace to show. */
export function renderPage(finding: Finding, context: PageContext): string {
  const { title, question, answer, facts, counterexample } = pageContent(finding, context)
  const head = [
    `# ${prose(capitalized(title))}`,
    ...wayBack(context),
    `**Question.** ${prose(question)}`,
    `**Answer.** ${prose(answer)}`,
    ...(counterexample === undefined ? [] : [counterexample.story.map(prose).join(' ')]),
    markdownTable(
      ['', ''],
      facts.map(([label, text]) => [`**${label}**`, prose(text)]),
    ),
  ]
  const body = counterexample === undefined ? [] : evidenceOf(counterexample, context)
  return `${[...head, ...body].join('\n\n')}\n`
}

/** Links to what stands above the page in its folder. */
function wayBack({ standsIn, reading, client }: PageContext): readonly string[] {
  if (standsIn === undefined) return []
  if (standsIn === 'releases-folder') return [link('All releases', '../../../releases.md')]
  return [`${link('Index', '../../README.md')} · ${link(`all verdicts on ${escapeMarkdown(reading.name)}`, `../README.md#${client.name}`)}`]
}

function evidenceOf({ trace, evidence, replay, sources }: Counterexample, { promise, vocabulary }: PageContext): readonly string[] {
  const fence = '```'
  return [
    '## What each thread calls',
    ...callLists(trace.calls, evidence.threads, (call) => effectsOf(call, vocabulary)),
    '## Sequence',
    `${fence}mermaid\n${sequenceDiagram(trace, vocabulary, promise.violation)}\n${fence}`,
    '## Trace',
    'A row is one atomic step. A thread in bold took over from another: a context switch. Only what changed is shown; names with an = are locals of the function.',
    traceTable(trace.steps, promise.violation),
    '## Replay',
    `${fence}sh\n${replay}\n${fence}`,
    '## Where the steps come from',
    sources.map(([file, symbols]) => `* ${escapeMarkdown(file)}: ${symbols.map(inlineCode).join(', ')}`).join('\n'),
  ]
}

/** Without a net effect, what the call did, if that is short. */
function achieved({ steps }: CCall, effects: readonly string[]): string {
  if (effects.length > 0) return effects.join(', ')
  return steps.length <= 2 ? steps.map(({ says }) => says).join(', ') : ''
}

/** The calls of each thread in order, with the steps they take and what they achieve. */
function callLists(calls: readonly CCall[], threads: readonly string[], effects: (call: CCall) => readonly string[]): readonly string[] {
  return threads.flatMap((thread) => {
    const own = calls.filter((call) => call.thread === thread)
    if (own.length === 0) return []
    const rows = own.map((call) => [
      call.firstStep === call.lastStep ? String(call.firstStep) : `${call.firstStep}–${call.lastStep}`,
      call.name === undefined ? '*own code*' : inlineCode(`${call.name}()`),
      `${escapeMarkdown(achieved(call, effects(call)))}${call === calls.at(-1) ? ' ❌' : ''}`,
    ])
    return [`**${escapeMarkdown(capitalized(thread))}**`, markdownTable(['steps', 'call', 'what it achieves'], rows)]
  })
}
