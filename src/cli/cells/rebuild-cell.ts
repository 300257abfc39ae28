import { confirm, replayChoices } from '../../checker/trace/replay.ts'
import type { Trace } from '../../checker/trace/trace.ts'
import { countContextSwitches, lastState } from '../../checker/trace/trace.ts'
import { decodeTraceCode, validateDigest } from '../../checker/trace/trace-code.ts'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import { formulate } from '../../judge/formulate.ts'
import { narrate } from '../../judge/narrate.ts'
import { standingOf } from '../../judge/standing.ts'
import type { Bounds } from '../../model/cpython/bounds.ts'
import { largestBounds } from '../../model/cpython/bounds.ts'
import type { RuntimeState } from '../../model/cpython/runtime-state.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { StandsAt } from '../../model/program/to-system.ts'
import { elaborate } from '../../model/scenarios/elaborate.ts'
import type { Property } from '../../properties/language/property.ts'
import type { Finding } from '../../report/finding.ts'
import type { Catalogs } from './catalogs.ts'
import { findClient, findPromise, findReading } from './catalogs.ts'

/** A cell that was built again from its names, and the trace of its replay code. */
export interface RebuiltCell {
  readonly finding: Finding
  readonly system: TransitionSystem
  readonly property: Property
  readonly trace: Trace
  readonly runtime: RuntimeState
  readonly standsAt: StandsAt
}

/**
 * Builds the scenario of a replay code from the catalogs, takes the steps again by the reference semantics and confirms the violation.
 * MC501 for a damaged code, MC502 when the model has changed since, MC503 or MC504 when the trace does not show what it should.
 */
export function rebuildCell(replayCode: string, catalogs: Catalogs): RebuiltCell {
  const decoded = decodeTraceCode(replayCode)
  if (!decoded.ok) throw new DiagnosticError(decoded.diagnostics)
  const { value: code } = decoded
  const [readingName, clientName, promiseName] = code.cell
  if (code.cell.length !== 3 || readingName === undefined || clientName === undefined || promiseName === undefined) {
    throw malformed(`found ${code.cell.length} names in "${code.cell.join(':')}"; expected reading, client and promise`)
  }
  const bounds = boundsOfCode(code.bounds)
  const {
    name: reading,
    reading: { policy },
  } = findReading(readingName, catalogs)
  const client = findClient(clientName, catalogs)
  const elaboration = elaborate({ reading, policy, client, bounds })
  const compiled = elaboration.compile({ merge: false, visible: new Set() })
  const { system } = compiled
  const stale = validateDigest(code, system)
  if (stale.length > 0) throw new DiagnosticError(stale)
  const [property] = formulate(elaboration, compiled, [findPromise(promiseName, catalogs)])
  if (property === undefined) throw new TypeError('formulate gives a property for each promise')
  const replayed = replayChoices(system, code.choices)
  if (!replayed.ok) throw new DiagnosticError(replayed.diagnostics)
  const { value: trace } = replayed
  if (!confirm(system, property, trace)) throw doesNotShow(property.name)
  const evidence = {
    replayCode: replayCode.trim(),
    stepCount: trace.steps.length,
    contextSwitches: countContextSwitches(trace),
    // A replay searches nothing, so it cannot tell.
    isShortest: false,
    threads: system.processes,
    steps: narrate(system, trace),
    standing: standingOf(system, lastState(trace)),
  }
  const finding: Finding = { cell: { reading, client: client.name, property: property.name, bounds }, status: 'violated', evidence }
  return { finding, system, property, trace, runtime: elaboration.runtime, standsAt: compiled.standsAt }
}

function boundsOfCode(sizes: readonly number[]): Bounds {
  const [threads, interpreters, rounds] = sizes
  if (sizes.length !== 3 || threads === undefined || interpreters === undefined || rounds === undefined) {
    throw malformed(`found the bounds ${sizes.join('.')}; expected threads, interpreters and rounds, such as 2.2.1`)
  }
  const bounds = { threads, interpreters, rounds }
  for (const [name, largest] of [
    ['threads', largestBounds.threads],
    ['interpreters', largestBounds.interpreters],
    ['rounds', largestBounds.rounds],
  ] as const) {
    if (bounds[name] < 1 || bounds[name] > largest) {
      throw new DiagnosticError([
        { code: 'MC603', message: `found ${bounds[name]}; expected 1 to ${largest}`, place: ['replay code', name] },
      ])
    }
  }
  return bounds
}

function malformed(message: string): DiagnosticError {
  return new DiagnosticError([{ code: 'MC501', message, hint: 'Copy the code again, in full.', place: ['replay code'] }])
}

function doesNotShow(property: string): DiagnosticError {
  const message = `all its steps can be taken, but "${property}" is not violated after the last one`
  return new DiagnosticError([{ code: 'MC504', message, hint: 'Run the check again for a fresh code.', place: ['replay code'] }])
}
