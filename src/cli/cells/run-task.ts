import type { Checked, Diagnostic } from '../../foundation/diagnostic.ts'
import { DiagnosticError } from '../../foundation/diagnostic.ts'
import { judgeScenario } from '../../judge/judge-scenario.ts'
import type { Promised } from '../../properties/catalog/promise.ts'
import type { Finding } from '../../report/finding.ts'
import { now } from '../clock.ts'
import type { Catalogs } from './catalogs.ts'
import { findClient, findPromise, findReading } from './catalogs.ts'
import type { CountingMemory } from './counting-memory.ts'
import type { Task, TaskResult } from './task.ts'

/**
 * Runs one search, unless the memory knows the very same model. A model that goes wrong leaves its cells undecided: one bad scenario must not
 * hide the verdicts on the others.
 */
export async function runTask(task: Task, catalogs: Catalogs, memory: CountingMemory): Promise<TaskResult> {
  const recalledBefore = memory.recalled
  const { reading } = findReading(task.reading, catalogs)
  const client = findClient(task.client, catalogs)
  const promises = task.promises.map((name) => findPromise(name, catalogs))
  const reason = client.doesNotApply?.(reading.policy)
  if (reason !== undefined) return { findings: cells(task, promises, { status: 'not-applicable', reason }), states: 0, diagnostics: [] }
  const scenario = { reading: task.reading, policy: reading.policy, client, bounds: task.bounds }
  const judged = await orDiagnostics(() =>
    judgeScenario(scenario, promises, {
      now,
      memory,
      limits: task.limits,
      evidence: task.evidence,
      withDigest: task.evidence === 'none',
      earlier: new Map(task.earlier),
    }),
  )
  if (judged.ok) {
    const { findings, digest } = judged.value
    const states = memory.recalled > recalledBefore ? 0 : (findings[0]?.search?.distinctStates ?? 0)
    return { findings, states, diagnostics: [], ...(digest === undefined ? {} : { digest }) }
  }
  const { diagnostics } = judged
  const limit = describeAll(diagnostics)
  const search = { coverage: 'limited', limit, distinctStates: 0, transitions: 0, diameter: 0 } as const
  return { findings: cells(task, promises, { status: 'undecided', search }), states: 0, diagnostics }
}

/** A scenario that cannot be written down throws its diagnostics. */
async function orDiagnostics<Value>(run: () => Promise<Checked<Value>>): Promise<Checked<Value>> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof DiagnosticError) return { ok: false, diagnostics: error.diagnostics }
    throw error
  }
}

/** The first on one line; the others are only counted: one mistake of a model shows in many places. */
function describeAll(diagnostics: readonly Diagnostic[]): string {
  const [first] = diagnostics
  if (first === undefined) return 'the model is wrong'
  const more = diagnostics.length === 1 ? '' : ` (and ${diagnostics.length - 1} more)`
  return `the model is wrong: ${first.code}: ${first.message}${more}`.replace(/\s+/g, ' ')
}

function cells(task: Task, promises: readonly Promised[], rest: Omit<Finding, 'cell'>): readonly Finding[] {
  const { reading, client, bounds } = task
  return promises.map(({ name: property }) => ({ cell: { reading, client, property, bounds }, ...rest }))
}
