import type { SourceAnchor } from '../../model/language/source-anchor.ts'
import { counted, enumerated } from '../sentence.ts'
import { wrap } from '../wrap.ts'
import type { DeadlockTold, Explanation, OtherTrace, PreventionTold, StepsExplained, StepTold, Wait } from './explanation.ts'

/** A part of the explanation: its heading and its lines, without colours. */
export interface ExplanationSection {
  readonly heading: string
  readonly lines: readonly string[]
}

/** An explanation for a terminal, part by part. */
export function explanationText(explanation: Explanation): readonly ExplanationSection[] {
  const { cell, violation, story, steps, preventions, deadlock, otherTrace } = explanation
  const width = Math.max(...steps.withEffects.map(({ thread }) => thread.length))
  return [
    { heading: `${violation}: ${cell.client} on ${cell.reading}`, lines: paragraph(story.join(' ')) },
    { heading: 'Which steps matter', lines: stepLines(steps, width) },
    ...(deadlock === undefined ? [] : [{ heading: 'Who waits for whom', lines: deadlockLines(deadlock) }]),
    { heading: 'What would have prevented it in this schedule', lines: preventionLines(preventions, deadlock, width) },
    { heading: 'With fewer threads or context switches', lines: otherLines(otherTrace) },
  ]
}

function stepLines({ told, all, canBeLeftOut, withEffects }: StepsExplained, width: number): readonly string[] {
  const total = `the ${told} steps (${all} with silent bookkeeping)`
  const needed =
    canBeLeftOut.length === 0
      ? `None of ${total} can be left out: without it, and without what can then not be taken, the violation is not shown.`
      : `Of ${total}, ${canBeLeftOut.length} can be left out together (${canBeLeftOut.join(', ')}); without any other one, and without what can then not be taken, the violation is not shown.`
  const effects = `The effects of ${withEffects.length} are needed: the same run in which the others change nothing but where their thread stands still ends in the violation, and without the effects of any one more it does not. Another choice of steps may do as well.`
  return [...paragraph(needed), ...paragraph(effects), ...withEffects.map((step) => stepLine(step, width))]
}

function stepLine({ number, thread, calls, says }: StepTold, width: number): string {
  const stack = calls.length === 0 ? '' : `${calls.join(' > ')}: `
  return `${String(number).padStart(6)}  ${thread.padEnd(width)}  ${stack}${says}`
}

function preventionLines(preventions: readonly PreventionTold[], deadlock: DeadlockTold | undefined, width: number): readonly string[] {
  if (preventions.length === 0) {
    const [alone, another] = deadlock?.cycle ?? []
    if (alone !== undefined && another === undefined) return paragraph(`No other thread: ${alone} waits for itself.`)
    return paragraph(
      'No step of another thread whose effects are needed: held back until the call is over in which it happens, each still lets it happen, or keeps that call from beginning or ending.',
    )
  }
  return preventions.flatMap(({ step, waitsFor, found }) => [
    stepLine(step, width),
    ...paragraph(
      `Had ${step.thread} been held back here until ${waitsFor.call === undefined ? `the next step of ${waitsFor.thread}` : `${waitsFor.call} of ${waitsFor.thread}`} is over, and all else gone as in the trace as far as it can, the violation would not show.`,
      8,
    ),
    ...paragraph(
      found === undefined
        ? 'Its thread asked nothing of shared state before.'
        : `What its thread last asked of shared state, and found: ${found.condition} (step ${found.step}${anchor(found.source)}).`,
      8,
    ),
  ])
}

function deadlockLines({ waits, ended, cycle }: DeadlockTold): readonly string[] {
  return [
    ...waits.flatMap((wait) => paragraph(waitSentence(wait, ended))),
    ...paragraph(cycle === undefined ? 'They do not wait in a circle.' : circle(cycle)),
  ]
}

/** "thread 1 waits for thread 2, which waits for thread 1." */
function circle([first = '', ...others]: readonly string[]): string {
  if (others.length === 0) return `${first} waits for itself.`
  return `A circle: ${[first, ...others, first].join(', which waits for ').replace(', which waits', ' waits')}.`
}

function waitSentence({ thread, calls, says, source, until, relation, threads }: Wait, ended: readonly string[]): string {
  const innermost = calls.at(-1)
  const where = innermost === undefined ? 'in its own code' : `in ${innermost}${calls.length > 1 ? `, called by ${calls[0]}` : ''}`
  const named = threads.map((name) => (name === thread ? `${name} itself` : ended.includes(name) ? `${name}, which has ended` : name))
  const held = relation === 'held-by' ? `held by ${enumerated(named)}` : `only ${enumerated(named)} could still change that`
  const whom = threads.length === 0 ? 'no thread is left that could change that' : held
  return `${thread} waits ${where}: never ${says}, as that needs: ${until}; ${whom}${source === undefined ? '' : ` (${place(source)})`}.`
}

function otherLines(other: OtherTrace): readonly string[] {
  if (other.kind === 'not-searched') return paragraph(`Not searched: ${other.because}.`)
  const { threads, contextSwitches, searches, limits } = other
  const what = `${enumerated(threads)} act${threads.length === 1 ? 's' : ''}, with ${counted(contextSwitches, 'context switch').replace(/switchs$/, 'switches')}`
  const said =
    other.kind === 'same' ? `This trace has the fewest already: ${what}` : `Fewer do: ${what}, in ${counted(other.stepCount, 'step')}`
  const sure = limits.length === 0 ? '' : ` Cut short, so that simpler ones may exist: ${limits.join('; ')}.`
  return [
    ...paragraph(`${said} (${counted(searches, 'search').replace(/searchs$/, 'searches')}).${sure}`),
    ...(other.kind === 'found' ? [`  gilproof replay ${other.replayCode}`] : []),
  ]
}

function anchor(source: SourceAnchor | undefined): string {
  return source === undefined ? '' : `, ${place(source)}`
}

/** "take_gil, Python/ceval_gil.h of CPython 3.2". */
function place({ symbol, file, version }: SourceAnchor): string {
  return `${symbol}, ${file} of CPython ${version}`
}

function paragraph(text: string, indent = 2): readonly string[] {
  return [`${' '.repeat(indent)}${wrap(text, indent)}`]
}
