import type { Foreseen, Replayable } from '../../conformance/from-trace/replayable.ts'
import { dangling } from '../../conformance/predict/world.ts'
import type { Reproduction, ReproductionEvidence, ReproductionStep } from '../../report/c-program/reproduction.ts'
import type { Finding } from '../../report/finding.ts'
import { tellStory } from '../../report/story.ts'
import { tellTrace } from '../../report/told-trace.ts'
import type { Catalogs } from '../cells/catalogs.ts'
import { findReading } from '../cells/catalogs.ts'
import { contextOf } from '../render-finding.ts'
import { whyNotForced } from './replayable-cell.ts'

/** What a C program needs to know of a counterexample. */
export function reproductionOf(finding: Finding, replayable: Replayable, catalogs: Catalogs): Reproduction {
  const { cell, evidence } = finding
  const context = contextOf(finding, catalogs)
  const { promise, vocabulary } = context
  const { schedule, pythonThreads, isReordered } = replayable
  const why = whyNotForced(replayable)
  const shown = evidenceOf(cell.property, replayable)
  return {
    title: `${cell.client} on ${cell.reading}`,
    story: evidence === undefined ? [] : tellStory(tellTrace(evidence, vocabulary), evidence, context),
    promise: promise.says,
    violation: promise.violation,
    foundOn: findReading(cell.reading, catalogs).design.title.replace(/^Status quo: /, ''),
    replayCode: evidence?.replayCode ?? '',
    remarks: [
      ...(why === undefined ? [] : [why]),
      ...(isReordered ? ['The calls are made in another order than in the trace, which lockstep cannot force.'] : []),
      ...(shown.kind === 'as foreseen'
        ? ['What is broken cannot be asked for: the program only shows that every call goes as the model says.']
        : []),
    ],
    threads: [
      ...schedule.threads.map((name) => ({ name, startedBy: 'the system' as const })),
      ...pythonThreads.map((name) => ({ name, startedBy: 'Python' as const })),
    ],
    steps: stepsOf(replayable),
    evidence: shown,
    initializesThreads: schedule.start === 'initialized with threads',
  }
}

function stepsOf({ schedule, steps, pythonThreads }: Replayable): readonly ReproductionStep[] {
  const present = new Set<string>()
  return schedule.steps.map((call, i): ReproductionStep => {
    const [foreseen] = steps[i]?.foreseen ?? []
    const { home } = steps[i] ?? {}
    const waiting = foreseen?.expected.threads.filter(({ is }) => is === 'waiting for calls').map(({ name }) => name) ?? []
    const comesIn = pythonThreads.filter((name) => waiting.includes(name) && !present.has(name))
    for (const name of comesIn) present.add(name)
    const { result, ...rest } = call
    return {
      ...rest,
      ...(result === undefined ? {} : { result }),
      expects: expectationOf(foreseen),
      comesBack: foreseen?.expected.cameBack.map(({ step }) => step) ?? [],
      comesIn,
      ...(home === undefined ? {} : { home }),
    }
  })
}

function expectationOf(foreseen: Foreseen | undefined): ReproductionStep['expects'] {
  switch (foreseen?.expected.outcome.kind) {
    case 'blocked':
    case 'hung':
      return 'waits'
    case 'died':
    case 'undefined':
      return 'ends'
    default:
      return 'returns'
  }
}

/** How the last step ends says most; the promise says the rest. */
function evidenceOf(property: string, { steps, shows }: Replayable): ReproductionEvidence {
  if (shows === 'never') return { kind: 'not forced' }
  const last = steps.findLast(({ foreseen }) => foreseen.length > 0)
  const way = last?.foreseen.find(({ isBroken }) => isBroken) ?? last?.foreseen[0]
  if (way === undefined) return { kind: 'as foreseen' }
  const { outcome, threads, interpreters } = way.expected
  if (outcome.kind === 'died') return { kind: 'fatal error', message: outcome.death.message }
  if (outcome.kind === 'undefined') return { kind: 'crash', cause: outcome.cause }
  const waiting = openSteps(steps.map(({ foreseen }) => foreseen[0]))
  if (threads.some(({ is }) => is === 'blocked') && outcome.kind === 'blocked') return { kind: 'blocked', steps: waiting }
  switch (property) {
    case 'runs-in-its-interpreter':
      return { kind: 'wrong interpreter' }
    case 'slots-never-dangle': {
      const dangles = threads.find(({ slot }) => slot?.startsWith(dangling))
      return dangles === undefined ? { kind: 'as foreseen' } : { kind: 'dangling slot', thread: dangles.name }
    }
    case 'one-live-thread-state-per-thread-and-interpreter':
      return { kind: 'two thread states' }
    case 'thread-state-stays-on-its-thread':
      return { kind: "another thread's thread state" }
    case 'nothing-leaks-at-rest':
      return { kind: 'thread states left', count: interpreters.reduce((total, { threadStates }) => total + threadStates.length, 0) }
    default:
      return { kind: 'as foreseen' }
  }
}

/** Steps whose calls have not come back at the end. */
function openSteps(ways: readonly (Foreseen | undefined)[]): readonly number[] {
  const open = new Set<number>()
  for (const [i, way] of ways.entries()) {
    if (way?.expected.outcome.kind === 'blocked') open.add(i)
    for (const { step } of way?.expected.cameBack ?? []) open.delete(step)
  }
  return [...open]
}
