import type { Replayed, ReplayedStep } from '../../conformance/from-trace/compare-replay.ts'
import { compareReplay } from '../../conformance/from-trace/compare-replay.ts'
import type { Replayable } from '../../conformance/from-trace/replayable.ts'
import { writeStep } from '../../conformance/schedule/schedule-text.ts'
import { HarnessWorker } from '../../conformance/subject/run-schedule.ts'
import type { Subject } from '../../conformance/subject/subject.ts'
import { stableJson } from '../../foundation/stable-json.ts'
import type { Finding } from '../../report/finding.ts'
import type { ExitStatus } from '../exit-status.ts'
import { exitStatus } from '../exit-status.ts'
import { count } from '../finding-lines.ts'
import type { Palette, Terminal } from '../terminal.ts'
import { whyNotForced } from './replayable-cell.ts'

/** Runs of a schedule whose failure depends on which thread the system lets go on. */
const mostRuns = 20
/** Runs of one that starts Python threads: the new thread may take the GIL before the code that starts it is over. */
const mostStarts = 5

/** Runs the schedule of a counterexample on a real Python; again where it is left open which thread goes on first. */
export async function replayOn(subject: Subject, replayable: Replayable): Promise<Replayed> {
  const worker = await HarnessWorker.start(subject)
  try {
    for (let run = 1; ; run++) {
      const replayed = compareReplay(replayable, await worker.run(replayable.schedule))
      if (run >= runsOf(replayable) || (replayed.agrees && (replayed.isShown || replayable.shows === 'never'))) return replayed
    }
  } finally {
    await worker.close()
  }
}

function runsOf({ shows, pythonThreads }: Replayable): number {
  if (shows === 'sometimes') return mostRuns
  return pythonThreads.length > 0 ? mostStarts : 1
}

/** 0 where reality agrees and shows the failure, 1 where it differs, 3 where it agrees but lockstep cannot show the failure. */
export function statusOf({ agrees, isShown }: Replayed): ExitStatus {
  if (!agrees) return exitStatus.violated
  return isShown ? exitStatus.asExpected : exitStatus.undecided
}

export interface Told {
  readonly finding: Finding
  readonly subject: Subject
  readonly replayable: Replayable
  readonly replayed: Replayed
  /** What a violation of the promise is called. */
  readonly violation: string
}

export function replayJson({ finding, subject, replayable, replayed }: Told): string {
  const { agrees, isShown, steps } = replayed
  const { shows, isReordered, interrupted, schedule } = replayable
  return stableJson(
    {
      cell: finding.cell,
      replayCode: finding.evidence?.replayCode ?? '',
      subject: { name: subject.name, version: subject.version, debug: subject.debug, digest: subject.digest ?? '' },
      schedule,
      forced: shows,
      isReordered,
      interrupted,
      agrees,
      isShown,
      steps,
    },
    2,
  )
}

/** Step by step: the call, what the model says, and what was seen where that is not the same. */
export function printReplay({ print, palette }: Terminal, told: Told): void {
  const { finding, subject, replayable, replayed, violation } = told
  const { reading, client, property } = finding.cell
  print(palette.strong(`${reading} / ${client} / ${property} on ${subject.name}`))
  print('One call at a time, each until it returns or waits.\n')
  for (const [i, step] of replayed.steps.entries()) {
    print(`${String(i + 1).padStart(3)}  ${writeStep(step.call)}${step.home === undefined ? '' : `, code that belongs to ${step.home}`}`)
    for (const line of stepLines(step, palette)) print(`     ${line}`)
    if (step.breaks) print(`     ${palette.bad(`here: ${violation}`)}`)
  }
  print('')
  const why = whyNotForced(replayable)
  if (why !== undefined) print(palette.doubtful(why))
  if (replayable.isReordered)
    print(palette.doubtful('The calls are made in another order than in the trace, whose order lockstep cannot force.'))
  print(palette.strong(conclusion(told)))
}

function stepLines({ standing, foreseen, seen, isExact, differences }: ReplayedStep, palette: Palette): readonly string[] {
  const doubt = isExact ? '' : ' (by waiting only, not proven)'
  switch (standing) {
    case 'agrees':
      return [`${palette.good('agrees')}  ${foreseen?.startsWith('undefined') ? `${foreseen}; seen: ` : ''}${seen}${doubt}`]
    case 'differs':
      return [
        `${palette.bad('differs')} seen: ${seen}${doubt}`,
        ...differences.map(({ what, expected, seen: found }) => `        ${what}: the model says ${expected}; seen: ${found}`),
      ]
    case 'sets the scene':
    case 'not compared':
      return [`${palette.faint(standing)}  seen: ${seen}${doubt}`]
  }
}

function conclusion({ subject, replayed, violation }: Told): string {
  const { agrees, isShown, steps } = replayed
  if (!agrees) return `${subject.name} differs from the model in step ${steps.findIndex(({ standing }) => standing === 'differs') + 1}.`
  const all = `${subject.name} agrees with the model in ${count(steps.length, 'step')}`
  return isShown ? `${all}, and the failure shows: ${violation}.` : `${all}, but the failure does not show.`
}
