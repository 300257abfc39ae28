import type { Checked, Diagnostic } from '../foundation/diagnostic.ts'
import { DiagnosticError, InternalError } from '../foundation/diagnostic.ts'
import { createRandomSource } from '../foundation/random-source.ts'
import type { TransitionSystem } from '../model/language/transition-system.ts'
import type { Property } from '../properties/language/property.ts'
import type { CheckOptions, Search } from './check-options.ts'
import { compileSystem } from './compile/compile.ts'
import type { CompiledSystem } from './compile/compiled-system.ts'
import { interpretedSystem } from './compile/interpreted-system.ts'
import { exploreBreadthFirst } from './explore/breadth-first.ts'
import { walkRandomly } from './explore/random-walk.ts'
import type { SearchOptions, SearchOutcome } from './explore/search.ts'
import { SearchWatch } from './search-watch.ts'
import type { SymmetryOfProcesses } from './symmetry/interchangeable.ts'
import { findInterchangeable } from './symmetry/interchangeable.ts'
import { diagnoseModelError } from './trace/model-error-diagnostic.ts'
import { confirm } from './trace/replay.ts'
import type { Trace } from './trace/trace.ts'
import { traceOf } from './trace/trace.ts'
import { validateCheck } from './validate-check.ts'
import type { Coverage, Verdict } from './verdict.ts'
import { conclude } from './verdict.ts'

export type { CheckOptions, Search } from './check-options.ts'

export interface CheckResult {
  /** In the order of the properties. */
  readonly verdicts: readonly Verdict[]
  readonly coverage: Coverage
  readonly statistics: SearchStatistics
  /** Names, in declaration order; of the states seen, if the coverage is limited. */
  readonly actionsNeverTaken: readonly string[]
  /** Which processes were interchangeable, if it was asked for. */
  readonly symmetry?: SymmetryOfProcesses
  /** The model goes wrong where the trace ends, which ended the search. */
  readonly modelError: { readonly diagnostic: Diagnostic; readonly trace: Trace } | undefined
}

export interface SearchStatistics {
  readonly distinctStates: number
  readonly transitions: number
  readonly diameter: number
  /** Memory held by the store, free room included. */
  readonly bytesPerState: number
}

/**
 * Checks properties of a transition system: the front door. Diagnostics for anything wrong with the system, a property or an option; a
 * mistake of the model that shows only in a run is part of the result.
 */
export async function check(
  system: TransitionSystem,
  properties: readonly Property[],
  options: CheckOptions,
): Promise<Checked<CheckResult>> {
  const diagnostics = validateCheck(system, properties, options)
  if (diagnostics.length > 0) return { ok: false, diagnostics }
  const compile = options.engine === 'reference' ? interpretedSystem : compileSystem
  const asked = options.reductions ?? []
  const symmetry = asked.includes('process-symmetry') ? findInterchangeable(system, properties) : undefined
  const compiled = compile(system, symmetry?.properties ?? properties, {
    renaming: asked.includes('identity-renaming'),
    ...(symmetry === undefined ? {} : { interchangeable: symmetry.groups }),
  })
  if (!compiled.ok) return compiled
  try {
    const outcome = await explore(compiled.value, system, properties, options)
    const result = concludeAll(system, properties, concrete(outcome, compiled.value))
    return { ok: true, value: symmetry === undefined ? result : { ...result, symmetry } }
  } catch (error) {
    if (error instanceof DiagnosticError) return { ok: false, diagnostics: error.diagnostics }
    throw error
  }
}

/**
 * States after which a search goes on in WebAssembly. Generating and compiling a module takes as long as exploring some ten thousands of states
 * in JavaScript.
 */
const handOverAt = Object.freeze({ generated: 30_000, javascript: undefined, webassembly: 1, reference: undefined })

/** Who asks for several threads expects a large search; and the time before they can help counts for more. */
const handOverToThreadsAt = 10_000

function explore(
  compiled: CompiledSystem,
  system: TransitionSystem,
  properties: readonly Property[],
  options: CheckOptions,
): Promise<SearchOutcome> {
  const limits = options.limits ?? {}
  const { engine = 'generated', helpers } = options
  const at = engine === 'generated' && helpers !== undefined ? handOverToThreadsAt : handOverAt[engine]
  const isRequired = options.engine === 'webassembly' || options.helpers !== undefined
  const search: Search = options.search ?? { kind: 'breadth-first' }
  const searchOptions: SearchOptions = {
    limits,
    watch: new SearchWatch(limits, options),
    stopAt: options.stopAt ?? 'end',
    actionCount: system.actions.length,
    ...(at === undefined ? {} : { handOver: { at, isRequired } }),
    ...(options.helpers === undefined ? {} : { helpers: options.helpers }),
  }
  switch (search.kind) {
    case 'breadth-first':
      return exploreBreadthFirst(compiled, properties, searchOptions)
    case 'random-walk':
      return walkRandomly(compiled, properties, {
        ...searchOptions,
        ...search,
        random: createRandomSource(search.seed),
      })
  }
}

/** The outcome with runs in which everybody keeps their place. */
function concrete(outcome: SearchOutcome, compiled: CompiledSystem): SearchOutcome {
  const { found, modelError } = outcome
  return {
    ...outcome,
    found: found.map((actions) => (actions === undefined ? undefined : compiled.concreteActions(actions))),
    modelError: modelError === undefined ? undefined : { ...modelError, actions: compiled.concreteActions(modelError.actions) },
  }
}

function concludeAll(system: TransitionSystem, properties: readonly Property[], outcome: SearchOutcome): CheckResult {
  const { coverage, modelError } = outcome
  const { distinctStates, transitions, diameter } = coverage
  return {
    verdicts: properties.map((property, i) => {
      const actions = outcome.found[i]
      const trace = actions === undefined ? undefined : confirmedTrace(system, property, actions)
      return conclude(property, { trace, premiseOccurred: outcome.premisesOccurred[i] ?? false }, coverage)
    }),
    coverage,
    statistics: { distinctStates, transitions, diameter, bytesPerState: outcome.bytes / distinctStates },
    actionsNeverTaken: system.actions.flatMap(({ name }, i) => (outcome.actionsTaken[i] === 0 ? [name] : [])),
    modelError:
      modelError === undefined
        ? undefined
        : { diagnostic: diagnoseModelError(system, modelError.error), trace: traceOf(system, modelError.actions) },
  }
}

/** Nothing is claimed from a trace that the reference semantics does not confirm. */
function confirmedTrace(system: TransitionSystem, property: Property, actions: readonly number[]): Trace {
  const trace = traceOf(system, actions)
  if (confirm(system, property, trace)) return trace
  throw new InternalError('MC901', `a trace of ${actions.length} steps does not show what was found for ${property.name}`)
}
