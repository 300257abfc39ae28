import type { Trace } from '../../checker/trace/trace.ts'
import type { Telling } from '../../model/language/action.ts'
import { describeValue } from '../../model/language/domain.ts'
import { evaluate } from '../../model/language/evaluate.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import { outcomeVariable } from '../../model/program/to-system.ts'
import type { Alignment, DifferingValue, Parting, SideOfParting } from '../../report/alignment/alignment.ts'
import { goesOn } from '../../report/finding.ts'
import { localName } from '../../report/shown-changes.ts'
import { nothing } from '../../report/told-step.ts'
import { describeConditions, readsOf } from '../explain/describe-condition.ts'
import { standingOf } from '../standing.ts'
import type { Asked, NextStep } from './design-run.ts'
import { DesignRun } from './design-run.ts'

/** One side: its reading, and its unmerged system. */
export interface Side {
  readonly reading: string
  readonly system: TransitionSystem
}

/** Steps that one call may take on the other side. */
const mostSteps = 500

/**
 * Runs the schedule of a trace on another design as well. Steps are aligned by thread, call stack and sentence, since the two systems number
 * their actions differently: the other design's thread goes on within its call until it stands in front of the same step. A step that it skips
 * is taken on one side only. Where its call goes on in another way, the call ends on both sides, if the schedule does not interrupt it. Else the
 * two part there. Both must be runs of one client in the same bounds. Cost: linear in the trace, by the reference semantics.
 */
export function alignSchedule(schedule: Side & { readonly trace: Trace }, other: Side): Alignment {
  const aligning = new Aligning(schedule, other)
  const parting = aligning.run()
  const { sharedSteps, ownSteps, otherWays } = aligning
  return {
    schedule: schedule.reading,
    other: other.reading,
    sharedSteps,
    ownSteps,
    otherWays,
    values: aligning.values,
    ...(parting === undefined ? { afterwards: aligning.afterwards } : { parting }),
  }
}

interface StepAtParting {
  readonly telling: Telling
  readonly asked: readonly Asked[]
  readonly process: number
  readonly action: number
}

class Aligning {
  readonly #trace: Trace
  readonly #one: DesignRun
  readonly #other: DesignRun
  /** What each thread asked on the side of the schedule since its last told step. */
  readonly #asked = new Map<number, readonly Asked[]>()
  readonly #differing = new Map<string, DifferingValue>()
  #told = 0
  /** How the process of the other side ended in the call it was last led through. */
  #ended: string | undefined
  sharedSteps = 0
  ownSteps = 0
  otherWays = 0

  constructor({ system, trace }: { readonly system: TransitionSystem; readonly trace: Trace }, other: Side) {
    this.#trace = trace
    this.#one = new DesignRun(system)
    this.#other = new DesignRun(other.system)
    this.#note(undefined)
  }

  get values(): readonly DifferingValue[] {
    return [...this.#differing.values()]
  }

  get afterwards(): NonNullable<Alignment['afterwards']> {
    const [schedule, other] = [this.#one, this.#other].map(({ system, state }) => standingOf(system, state))
    return { schedule: schedule ?? [], other: other ?? [] }
  }

  run(): Parting | undefined {
    const { steps } = this.#trace
    for (let i = 0; i < steps.length; i++) {
      const { action, process } = steps[i] ?? { action: -1, process: -1 }
      const telling = this.#one.system.actions[action]?.told[0]
      const asked = [...(this.#asked.get(process) ?? []), ...this.#one.askedBy(action)]
      this.#asked.set(process, telling === undefined ? asked : [])
      if (telling === undefined) {
        this.#one.take([action])
        this.#other.takeSilently(process)
        continue
      }
      this.#told++
      if (this.#takeBoth(i, telling) || this.#takeOneForAnother(i, telling)) continue
      const end = this.#endOfCall(i, telling)
      if (end === undefined || !this.#finishCall(i, end, telling)) return this.#part({ telling, asked, process, action })
      i = end
    }
    return undefined
  }

  /** Takes the step on both sides, the other side's behind more of the same call; or on its own side, if the other side is ahead. */
  #takeBoth(at: number, telling: Telling): boolean {
    const { action, process } = this.#trace.steps[at] ?? { action: -1, process: -1 }
    const next = this.#other.nextSteps(process)
    const isWanted = (told: Telling): boolean => isSameStep(told, telling)
    const same =
      next.find((step) => !step.isBlocked && isWanted(step.telling)) ?? this.#other.find(process, next[0]?.telling.activation, isWanted)
    if (same === undefined && !this.#isAhead(at, telling, next)) return false
    this.#one.take([action])
    if (same === undefined) this.ownSteps++
    else {
      this.#other.take(same.path)
      this.sharedSteps++
    }
    this.#note(telling)
    return true
  }

  /** Takes the step on this side and another one of the same call on the other, if the step after it is the same again. */
  #takeOneForAnother(at: number, telling: Telling): boolean {
    const { action, process } = this.#trace.steps[at] ?? { action: -1, process: -1 }
    const later = this.#trace.steps.slice(at + 1).flatMap((step) => (step.process === process ? [step.action] : []))
    const following = later.map((position) => this.#one.system.actions[position]?.told[0]).find((told) => told !== undefined)
    const [step] = this.#other.nextSteps(process)
    const isInside = telling.activation !== undefined && following?.activation === telling.activation
    if (!isInside || step === undefined || step.isBlocked || step.telling.calls[0] !== telling.calls[0]) return false
    const ahead = this.#other.copy()
    ahead.take(step.path)
    if (ahead.find(process, step.telling.activation, (told) => isSameStep(told, following)) === undefined) return false
    this.#one.take([action])
    this.#other.state = ahead.state
    this.ownSteps++
    this.#note(telling)
    return true
  }

  /** The other side's next step comes later in this call of the schedule. */
  #isAhead(at: number, { activation }: Telling, next: readonly NextStep[]): boolean {
    const process = this.#trace.steps[at]?.process
    const later = this.#trace.steps.slice(at + 1).filter((step) => step.process === process)
    const left = later.findIndex((step) => this.#isOutside(step.action, activation))
    const inside = later.slice(0, left < 0 ? later.length : left)
    return inside.some(({ action }) => {
      const told = this.#one.system.actions[action]?.told[0]
      return activation !== undefined && told !== undefined && next.some((step) => isSameStep(step.telling, told))
    })
  }

  /** Position of the call's last step, if the schedule does not interrupt the call from here on. */
  #endOfCall(from: number, { activation }: Telling): number | undefined {
    const { steps } = this.#trace
    if (activation === undefined) return undefined
    const process = steps[from]?.process
    const rest = steps.slice(from)
    const left = rest.findIndex((step) => step.process === process && this.#isOutside(step.action, activation))
    const own = rest.slice(0, left < 0 ? rest.length : left)
    const last = own.findLastIndex((step) => step.process === process)
    return own.slice(0, last + 1).every((step) => step.process === process) ? from + last : undefined
  }

  #isOutside(action: number, activation: number | undefined): boolean {
    const told = this.#one.system.actions[action]?.told[0]
    return told !== undefined && told.activation !== activation
  }

  /** Lets the call end on both sides; false if the other side is in another call, or cannot end it. */
  #finishCall(from: number, end: number, telling: Telling): boolean {
    const process = this.#trace.steps[from]?.process ?? -1
    const other = this.#other.copy()
    const [first] = other.nextSteps(process)
    if (first === undefined || first.telling.calls[0] !== telling.calls[0]) return false
    const { activation } = first.telling
    for (let taken = 0; taken < mostSteps; taken++) {
      const [step] = other.nextSteps(process)
      if (step === undefined || step.telling.activation !== activation) break
      if (step.isBlocked) return false
      other.take(step.path)
    }
    const rest = this.#trace.steps.slice(from, end + 1).map(({ action }) => action)
    const one = this.#one.copy()
    one.take(rest)
    this.#ended = other.valueOf(outcomeVariable)
    if (this.#ended !== one.valueOf(outcomeVariable)) return false
    this.#one.state = one.state
    this.#other.state = other.state
    this.#told += rest.slice(1).filter((action) => this.#one.system.actions[action]?.told.length !== 0).length
    this.otherWays++
    this.#note(telling)
    return true
  }

  #part({ telling, asked, process, action }: StepAtParting): Parting {
    const [step] = this.#other.nextSteps(process)
    const isSameCall = step?.telling.calls[0] === telling.calls[0]
    return {
      step: this.#told,
      thread: this.#one.system.processes[process] ?? '',
      ...(this.#ended === undefined || this.#ended === nothing ? {} : { ended: this.#ended }),
      kind: step?.isBlocked === true ? 'blocked' : isSameCall && step !== undefined ? 'other-step' : 'other-call',
      schedule: { ...sideOf(telling, asked, this.#other), changes: this.#one.changesBy([action]) },
      ...(step === undefined
        ? {}
        : { other: { ...sideOf(step.telling, step.asked, this.#one), changes: step.isBlocked ? [] : this.#other.changesBy(step.path) } }),
    }
  }

  /** Notes the first difference of every shared value. */
  #note(telling: Telling | undefined): void {
    for (const difference of differencesOf(this.#one, this.#other)) {
      if (this.#differing.has(difference.what)) continue
      const source = telling?.source
      this.#differing.set(difference.what, {
        ...difference,
        ...(telling === undefined ? {} : { step: this.#told }),
        ...(source === undefined ? {} : { source }),
      })
    }
  }
}

function isSameStep(one: Telling, other: Telling): boolean {
  return one.says === other.says && one.calls.join() === other.calls.join()
}

/** Shared values that both sides have, and not the same. */
function differencesOf(
  one: DesignRun,
  other: DesignRun,
): readonly { readonly what: string; readonly schedule: string; readonly other: string }[] {
  const there = other.sharedValues()
  return [...one.sharedValues()].flatMap(([what, schedule]) => {
    const across = there.get(what)
    const isSame = across === undefined || across.kind !== schedule.kind || across.value === schedule.value
    return isSame ? [] : [{ what, schedule: schedule.value, other: across.value }]
  })
}

/** A side's step and what was asked before it; what that reads is told where the run at the other side has another value. */
function sideOf({ calls, says = goesOn, source }: Telling, asked: readonly Asked[], across: DesignRun): Omit<SideOfParting, 'changes'> {
  const conditions = asked.map(({ condition, around }) => describeConditions([condition], around))
  return {
    calls,
    says,
    ...(source === undefined ? {} : { source }),
    ...(conditions.length === 0 ? {} : { condition: conditions.join(' and ') }),
    reads: [...new Set(asked.flatMap((one) => differingReads(one, across)))],
  }
}

function differingReads({ condition, around }: Asked, across: DesignRun): readonly string[] {
  return readsOf(condition).flatMap((read) => {
    const declared = around.shape.byName.get(read.variable)
    if (declared === undefined || read.indices.length > 0) return []
    const value = describeValue(declared.domain, evaluate(read, around))
    return across.valueOf(read.variable) === value ? [] : [`${localName(read)} = ${value}`]
  })
}
