import { effectsOf } from './call-effects.ts'
import type { Finding } from './finding.ts'
import type { Counterexample } from './page-content.ts'
import { pageContent } from './page-content.ts'
import type { PageContext } from './report-input.ts'
import { capitalized } from './sentence.ts'
import { shownChanges } from './shown-changes.ts'
import type { ToldStep } from './told-step.ts'
import { wrap } from './wrap.ts'

/** The page of one cell for a terminal, in plain text without colours; ends with a newline. */
export function renderText(finding: Finding, context: PageContext): string {
  const { title, question, answer, facts, counterexample } = pageContent(finding, context)
  const label = Math.max(...facts.map(([name]) => name.length)) + 2
  const head = [
    capitalized(title),
    '',
    wrap(question),
    wrap(answer),
    ...(counterexample === undefined ? [] : ['', wrap(counterexample.story.join(' '))]),
    '',
    ...facts.map(([name, text]) => name.padEnd(label) + wrap(text, label)),
  ]
  return `${[...head, ...(counterexample === undefined ? [] : evidenceLines(counterexample, context))].join('\n')}\n`
}

function evidenceLines({ trace, replay }: Counterexample, { promise, vocabulary }: PageContext): readonly string[] {
  const threadWidth = Math.max(...trace.steps.map(({ thread }) => thread.length))
  return [
    '',
    'Calls',
    ...trace.calls.map((call) => {
      const steps = call.firstStep === call.lastStep ? String(call.firstStep) : `${call.firstStep}-${call.lastStep}`
      return `  ${steps.padStart(7)}  ${call.thread.padEnd(threadWidth)}  ${call.name ?? 'own code'}  ${effectsOf(call, vocabulary).join(', ')}`.trimEnd()
    }),
    '',
    'Trace',
    ...trace.steps.flatMap((step, i) => stepLines(step, threadWidth, i > 0 && !step.isContextSwitch)),
    `  ${'X'.padStart(4)}  ${promise.violation}`,
    '',
    `Replay: ${replay}`,
  ]
}

function stepLines(step: ToldStep, threadWidth: number, isSameThread: boolean): readonly string[] {
  const thread = (isSameThread ? '' : step.thread).padEnd(threadWidth)
  const margin = ' '.repeat(threadWidth + 8)
  const stack = step.calls.length === 0 ? '' : `${step.calls.join(' > ')}: `
  return [
    `  ${String(step.number).padStart(4)}  ${thread}  ${stack}${step.says}`,
    ...shownChanges(step).map((change) => `${margin}  | ${change}`),
  ]
}
