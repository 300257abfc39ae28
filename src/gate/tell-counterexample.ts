import { digestOf } from '../foundation/digest.ts'
import type { Evidence } from '../report/finding.ts'
import type { PageContext } from '../report/report-input.ts'
import { shownChanges } from '../report/shown-changes.ts'
import { tellStory } from '../report/story.ts'
import type { ToldStep } from '../report/told-step.ts'
import { tellTrace } from '../report/told-trace.ts'
import type { Counterexample, TraceLine } from './found-cell.ts'

const fingerprintLength = 12

/**
 * Names a trace by what readers are told of it: 12 hexadecimal digits. A change of the model elsewhere changes replay codes, which carry a
 * digest of it all, and leaves this as it is.
 */
export function fingerprintOf(lines: readonly string[]): string {
  return digestOf(lines.join('\n')).slice(0, fingerprintLength)
}

/** A counterexample in lines that can be kept in a file and compared one by one. */
export function tellCounterexample(evidence: Evidence, context: PageContext): Required<Counterexample> {
  const told = tellTrace(evidence, context.vocabulary)
  const trace = told.steps.map(lineOf)
  return {
    replayCode: evidence.replayCode,
    fingerprint: fingerprintOf(trace.map(({ text }) => text)),
    told: { isShortest: evidence.isShortest, violation: context.promise.violation, story: tellStory(told, evidence, context), trace },
  }
}

function lineOf(step: ToldStep): TraceLine {
  const { thread, calls, says, source } = step
  const where = calls.length === 0 ? '' : `${calls.join(' > ')}: `
  const text = [`${thread}: ${where}${says}`, ...shownChanges(step)].join(' | ')
  return { text: text.replace(/\s+/g, ' ').trim(), thread, ...(source === undefined ? {} : { source }) }
}
