import type { Action } from '../language/action.ts'
import type { Formula, Place } from '../language/builder.ts'
import { and, assign, equal, falsehood, integer, literal, none, or, unequal, variable } from '../language/builder.ts'
import { enumeration, none as noOutcome, orNone, range } from '../language/domain.ts'
import type { Expression } from '../language/expression.ts'
import type { Allocation, TransitionSystem } from '../language/transition-system.ts'
import type { Variable } from '../language/variable.ts'
import { resetDeadLocals } from './dead-locals.ts'
import type { Edge, FlowGraph } from './flow-graph.ts'
import { endLocation, flowGraphOf } from './flow-graph.ts'
import { mergeSteps } from './merge-steps.ts'
import { privatePlaces } from './private-places.ts'
import type { Program } from './program-builder.ts'

export interface ProgramsOptions {
  readonly name: string
  /** Variables the programs share, monitors among them. */
  readonly variables: readonly Variable[]
  readonly allocations?: readonly Allocation[]
  /** Whether steps nobody else can see are merged. Traces are told in the system without. */
  readonly merge: boolean
  /** Names of variables that properties read: steps that touch them are never merged away. */
  readonly visible: ReadonlySet<string>
}

/** The transition system of some programs running side by side, and what properties need to speak of it. */
export interface ProgramSystem {
  readonly system: TransitionSystem
  readonly standsAt: StandsAt
  /** Every process has come to the normal end of its program. */
  readonly everyProgramEnded: Formula
  /** Nothing aborted so far. */
  readonly isRunning: Formula
}

/** Whether a process stands in front of a step with this place name, and, where asked, whether this holds of what the place is about. */
export type StandsAt = (process: number, place: string, where?: (about: Expression) => Formula) => Formula

/** Name of the variable that says how the whole operating-system process ended. */
export const outcomeVariable = 'outcome'

/**
 * Compiles programs to guarded actions with program counters. A fatal error or undefined behaviour ends every process at once. States
 * where every program has ended or sleeps for ever on purpose, or where one aborted, are final.
 */
export function systemOf(programs: readonly Program[], options: ProgramsOptions): ProgramSystem {
  return systemOfGraphs(layOutPrograms(programs), options)
}

/** The programs as graphs without dead values: what merged and unmerged systems have in common. */
export function layOutPrograms(programs: readonly Program[]): readonly FlowGraph[] {
  return programs.map((program) => resetDeadLocals(flowGraphOf(program)))
}

/** The same from graphs laid out before. */
export function systemOfGraphs(plain: readonly FlowGraph[], options: ProgramsOptions): ProgramSystem {
  const own = options.merge ? privatePlaces(plain) : []
  const graphs = options.merge ? plain.map((graph, process) => mergeSteps(graph, own[process] ?? new Set(), options.visible)) : plain

  const messages = [...new Set(plain.flatMap((graph) => graph.edges.flatMap((edge) => edge.outcome ?? [])))]
  const outcomes = orNone(enumeration('outcome', messages.length === 0 ? ['none happens'] : messages))
  const outcome = variable(outcomeVariable, outcomes, { initial: noOutcome, says: 'how the process aborted' })
  const counters = graphs.map((graph) =>
    variable(`${graph.program.process} is at`, range(0, graph.locationCount), { role: 'control', says: 'program counter' }),
  )
  const abortAll = counters.map((counter, process) => assign(counter.at(), integer(graphs[process]?.locationCount ?? 0)))

  const actions = graphs.flatMap((graph, process) => {
    const counter = counters[process]?.at()
    if (counter === undefined) return []
    const name = namesWithin(graph.program.process)
    return graph.edges.map((edge): Action => {
      const end =
        edge.outcome === undefined
          ? [assign(counter, integer(edge.to))]
          : [...abortAll, assign(outcome.at(), literal(outcomes, messages.indexOf(edge.outcome)))]
      return Object.freeze({
        name: name(edge),
        process,
        guard: guardOf(counter, edge),
        assignments: Object.freeze([...edge.assignments.filter((a) => !isIdle(a)), ...end]),
        events: edge.events,
        told: edge.told,
        ...(edge.call === undefined ? {} : { call: edge.call }),
      })
    })
  })
  const everyProgramEnded = and(...counters.map((counter) => equal(counter.at(), integer(endLocation))))
  const everyProgramIsOver = and(...counters.map((counter, process) => isOver(counter.at(), graphs[process]?.resting ?? [])))
  const aborted = unequal(outcome.at(), none(outcomes))
  const system: TransitionSystem = Object.freeze({
    name: options.name,
    processes: Object.freeze(plain.map(({ program }) => program.process)),
    variables: Object.freeze([
      outcome.declaration,
      ...options.variables,
      ...graphs.flatMap((graph, process) => [...(counters[process] ? [counters[process].declaration] : []), ...graph.program.locals]),
    ]),
    actions: Object.freeze(actions),
    final: or(everyProgramIsOver, aborted),
    allocations: Object.freeze([...(options.allocations ?? [])]),
  })
  const standsAt: StandsAt = (process, place, where) => {
    const at = counters[process]?.at()
    const locations = graphs[process]?.places.get(place) ?? []
    if (at === undefined) return or()
    return or(
      ...locations.map(({ location, about }) => {
        const isHere = equal(at, integer(location))
        if (where === undefined) return isHere
        return about === undefined ? falsehood : and(isHere, where(about))
      }),
    )
  }
  return { system, standsAt, everyProgramEnded, isRunning: equal(outcome.at(), none(outcomes)) }
}

/** The process has ended, or sleeps for ever on purpose. */
function isOver(counter: Place<'integer'>, resting: readonly number[]): Formula {
  const hasEnded = equal(counter, integer(endLocation))
  return resting.length === 0 ? hasEnded : or(hasEnded, ...resting.map((location) => equal(counter, integer(location))))
}

function guardOf(counter: Place<'integer'>, edge: Edge): Formula {
  const here = equal(counter, integer(edge.from))
  return edge.guard.kind === 'literal' && edge.guard.value === 1 ? here : and(here, edge.guard)
}

/** An assignment of a place to itself. */
function isIdle(assignment: Action['assignments'][number]): boolean {
  const { target, value } = assignment
  return value.kind === 'read' && target.indices.length === 0 && value.indices.length === 0 && value.variable === target.variable
}

/** Names actions "thread: sentence", numbered where a sentence occurs twice. */
function namesWithin(process: string): (edge: Edge) => string {
  const seen = new Map<string, number>()
  return (edge) => {
    const says = edge.told[0]?.says ?? 'goes on'
    const name = `${process} ${says}`
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  }
}
