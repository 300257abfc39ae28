import { choicesOf } from '../../checker/trace/replay.ts'
import { countContextSwitches, lastState } from '../../checker/trace/trace.ts'
import { decodeTraceCode, encodeTraceCode } from '../../checker/trace/trace-code.ts'
import type { Checked } from '../../foundation/diagnostic.ts'
import type { RuntimeState } from '../../model/cpython/runtime-state.ts'
import type { SourceAnchor } from '../../model/language/source-anchor.ts'
import type { DeadlockTold, Explanation, OtherTrace, PreventionTold, StepTold } from '../../report/explanation/explanation.ts'
import type { Evidence, Finding } from '../../report/finding.ts'
import { goesOn } from '../../report/finding.ts'
import type { PageContext } from '../../report/report-input.ts'
import { tellShortStory } from '../../report/story.ts'
import type { ToldStep } from '../../report/told-step.ts'
import { tellTrace } from '../../report/told-trace.ts'
import type { OtherTraceOptions } from './other-traces.ts'
import { findSimplestTrace } from './other-traces.ts'
import type { Prevention } from './prevention.ts'
import { findPreventions } from './prevention.ts'
import type { Shown } from './run-again.ts'
import type { StepGroup } from './steps-that-matter.ts'
import { stepsThatMatter } from './steps-that-matter.ts'
import { cycleOf, waitsIn } from './waits.ts'

/** A counterexample with its cell, as a replay code gives it. */
export interface Explained extends Shown {
  readonly finding: Finding
  readonly runtime: RuntimeState
}

/**
 * Explains a counterexample: which of its steps matter, which step of another thread would have had to wait, who waits for whom where nobody
 * goes on, and whether fewer threads or fewer context switches do. The violation must have been confirmed. Cost: some hundred replays by the
 * reference semantics, and one search for each set of fewer threads.
 */
export async function explainCounterexample(
  explained: Explained,
  context: PageContext,
  options: OtherTraceOptions,
): Promise<Checked<Explanation>> {
  const { finding, system, property, trace, runtime } = explained
  const { evidence } = finding
  if (evidence === undefined) throw new TypeError('only a violated cell has something to explain')
  const told = tellTrace(evidence, context.vocabulary)
  const tell = tellerOf(explained, told.steps, evidence)
  const { groups, needed, effective } = stepsThatMatter(explained)
  const simplest = await findSimplestTrace(explained, options)
  if (!simplest.ok) return simplest
  const deadlock = property.kind === 'no-deadlock' ? deadlockOf(waitsIn(system, lastState(trace), runtime)) : undefined
  const preventions = findPreventions(explained, effective, culpritsOf(explained, deadlock))
  return {
    ok: true,
    value: {
      cell: finding.cell,
      violation: context.promise.violation,
      replayCode: evidence.replayCode,
      story: tellShortStory(told, evidence, context),
      steps: {
        told: told.steps.length,
        all: trace.steps.length,
        canBeLeftOut: [...new Set(groups.filter((group) => !needed.includes(group)).map((group) => tell(group).number))],
        withEffects: effective.map(tell).sort((one, other) => one.number - other.number),
      },
      preventions: preventions.map((prevention) =>
        tellPrevention(prevention, (step) => tell(groups.find((group) => group.includes(step)) ?? [step]), explained),
      ),
      ...(deadlock === undefined ? {} : { deadlock }),
      otherTrace: otherTraceOf(explained, evidence, simplest.value),
    },
  }
}

/** Tells a group by its last step, numbered among the told ones. */
function tellerOf({ system, trace }: Shown, told: readonly ToldStep[], evidence: Evidence): (group: StepGroup) => StepTold {
  const numbers = new Map(evidence.steps.map(({ number }, i) => [number - 1, i + 1]))
  return (group) => {
    const last = group.at(-1) ?? 0
    const { action = -1, process = -1 } = trace.steps[last] ?? {}
    // Silent steps at the end of a trace are told with its last step.
    const number = numbers.get(last) ?? told.length
    const thread = system.processes[process] ?? ''
    const step = told[number - 1]
    const { calls = [], says = goesOn, source } = (step?.thread === thread ? step : system.actions[action]?.told[0]) ?? {}
    return { number, thread, calls, says, ...anchored(source) }
  }
}

function anchored(source: SourceAnchor | undefined): { readonly source?: SourceAnchor } {
  return source === undefined ? {} : { source }
}

/** Whose call the violation happens in; in a deadlock each thread that waits for another one. */
function culpritsOf({ system, trace }: Shown, deadlock: DeadlockTold | undefined): readonly number[] {
  if (deadlock === undefined) return trace.steps.slice(-1).map(({ process }) => process)
  const { waits, cycle } = deadlock
  return (cycle ?? waits.map(({ thread }) => thread)).map((thread) => system.processes.indexOf(thread))
}

function tellPrevention(
  { group, culprit, found }: Prevention,
  tell: (step: number) => StepTold,
  { system, finding, trace }: Explained,
): PreventionTold {
  const thread = system.processes[culprit] ?? ''
  const last = trace.steps.findLast(({ process }) => process === culprit)
  const standing = finding.evidence?.standing.find((one) => one.thread === thread && one.isBlocked)
  const [call] = standing?.calls ?? system.actions[last?.action ?? -1]?.told[0]?.calls ?? []
  return {
    step: tell(group.at(-1) ?? 0),
    waitsFor: { thread, ...(call === undefined ? {} : { call }) },
    ...(found === undefined ? {} : { found: { condition: found.says, step: tell(found.step).number, ...anchored(found.source) } }),
  }
}

function deadlockOf(waits: DeadlockTold['waits']): DeadlockTold {
  const cycle = cycleOf(waits)
  const waiting = new Set(waits.map(({ thread }) => thread))
  const ended = [...new Set(waits.flatMap(({ threads }) => threads))].filter((thread) => !waiting.has(thread))
  return { waits, ended, ...(cycle === undefined ? {} : { cycle }) }
}

type Simplest = Awaited<ReturnType<typeof findSimplestTrace>> extends Checked<infer Value> ? Value : never

function otherTraceOf({ system, trace }: Shown, { replayCode }: Evidence, simplest: Simplest): OtherTrace {
  if (simplest === undefined) {
    return { kind: 'not-searched', because: 'the promise asks what can still happen, which is a question to all threads' }
  }
  const { threads, contextSwitches, searches, limits } = simplest
  const simplicity = { threads, contextSwitches, searches, limits }
  const acting = new Set(trace.steps.map(({ process }) => process)).size
  const decoded = decodeTraceCode(replayCode)
  if ((acting === threads.length && contextSwitches === countContextSwitches(trace)) || !decoded.ok) return { kind: 'same', ...simplicity }
  const code = encodeTraceCode({ ...decoded.value, choices: choicesOf(system, simplest.trace) })
  return { kind: 'found', replayCode: code, stepCount: simplest.trace.steps.length, ...simplicity }
}
