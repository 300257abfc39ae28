import type { Domain } from '../../model/language/domain.ts'
import { describeValue, firstMember, memberCount } from '../../model/language/domain.ts'
import type { State, StateShape } from '../../model/language/state.ts'
import { shapeOf } from '../../model/language/state.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { Trace, TraceStep } from './trace.ts'

/** Integers are big, arrays are maps from index to element, members of enumerations and scalarsets are their names. */
export type ItfValue = boolean | string | { readonly '#bigint': string } | { readonly '#map': readonly (readonly [ItfValue, ItfValue])[] }

export interface ItfState {
  readonly '#meta': { readonly index: number; readonly action?: string; readonly process?: string }
  readonly [variable: string]: ItfValue | ItfState['#meta']
}

/** The Informal Trace Format, which Apalache writes and trace viewers read; plain data, ready for JSON. */
export interface ItfTrace {
  readonly '#meta': { readonly format: 'ITF'; readonly 'format-description': string; readonly description: string }
  readonly vars: readonly string[]
  readonly states: readonly ItfState[]
}

const formatDescription = 'https://apalache-mc.org/docs/adr/015adr-trace.html'

/** Source: Konnov et al., "ADR-015: Informal Trace Format in JSON", Apalache. Nested arrays are maps of maps. */
export function traceToItf(system: TransitionSystem, trace: Trace): ItfTrace {
  const shape = shapeOf(system.variables)
  return {
    '#meta': { format: 'ITF', 'format-description': formatDescription, description: `A trace of ${system.name}` },
    vars: system.variables.map(({ name }) => name),
    states: [
      itfState(shape, trace.initial, { index: 0 }),
      ...trace.steps.map((step, i) => itfState(shape, step.state, { index: i + 1, ...namesOf(system, step) })),
    ],
  }
}

function namesOf(system: TransitionSystem, step: TraceStep): { readonly action: string; readonly process: string } {
  return {
    action: system.actions[step.action]?.name ?? String(step.action),
    process: system.processes[step.process] ?? String(step.process),
  }
}

function itfState(shape: StateShape, state: State, meta: ItfState['#meta']): ItfState {
  const values = shape.variables.map(({ name, domain, indexedBy, initial }): [string, ItfValue] => {
    const first = shape.firstSlot.get(name) ?? 0
    return [name, itfElements(domain, indexedBy, state.slice(first, first + initial.length))]
  })
  return { '#meta': meta, ...Object.fromEntries(values) }
}

function itfElements(domain: Domain, indexedBy: readonly Domain[], elements: readonly number[]): ItfValue {
  const [index, ...rest] = indexedBy
  if (index === undefined) return itfValue(domain, elements[0] ?? 0)
  const size = elements.length / memberCount(index)
  const entries = Array.from({ length: memberCount(index) }, (_, i): [ItfValue, ItfValue] => [
    itfValue(index, firstMember(index) + i),
    itfElements(domain, rest, elements.slice(i * size, (i + 1) * size)),
  ])
  return { '#map': entries }
}

function itfValue(domain: Domain, value: number): ItfValue {
  if (domain.kind === 'boolean') return value !== 0
  return domain.kind === 'range' ? { '#bigint': String(value) } : describeValue(domain, value)
}
