import { stableJson } from '../foundation/stable-json.ts'
import type { Client } from '../model/clients/client.ts'
import type { Bounds } from '../model/cpython/bounds.ts'
import type { Policy } from '../model/cpython/policy.ts'
import type { NamedReading } from '../model/designs/design.ts'
import type { Promised } from '../properties/catalog/promise.ts'
import type { Finding } from '../report/finding.ts'
import type { CheckedCell, ClaimText, Difference, PageContext, ReadingText, ReportInput } from '../report/report-input.ts'
import type { TraceVocabulary } from '../report/trace-vocabulary.ts'
import type { Claim, ClaimCheck } from './claim.ts'
import { outcomeOf } from './claim-outcome.ts'
import { dominances } from './dominance.ts'
import { keepsWorking } from './keeps-working.ts'
import { Matrix } from './matrix.ts'

/** The question of the debate. */
export const question =
  'Which interpreter should PyGILState_Ensure attach when a process has several, and which existing programs does each answer break?'

/** The names that the runtime state of src/model/cpython gives its variables. */
export const vocabulary: TraceVocabulary = {
  attached: 'current thread state',
  isLocked: 'GIL is locked',
  initially: { thread: 'main thread', attached: 'main thread state' },
  lockName: 'GIL',
  belongsTo: 'interpreter of',
  lives: ['thread state is', 'interpreter is'],
  alive: 'alive',
}

/** The same for a policy: since 3.12 each OS thread has a current thread state, and each interpreter may have a GIL. */
export function vocabularyFor({ currentThreadState, gils }: Policy): TraceVocabulary {
  return {
    ...vocabulary,
    ...(currentThreadState === 'of-the-thread' ? { attached: 'current thread state of' } : {}),
    ...(gils === 'one' ? {} : { isLocked: 'GIL is locked of' }),
  }
}

export interface Judged {
  readonly bounds: Bounds
  readonly readings: readonly NamedReading[]
  readonly clients: readonly Client[]
  readonly promises: readonly Promised[]
  readonly findings: readonly Finding[]
  /** Findings on the status quo with the main interpreter alone, and the name of its reading. */
  readonly baseline?: { readonly reading: string; readonly findings: readonly Finding[] }
  readonly claims?: readonly JudgedClaim[]
}

/** A claim with the finding of each of its checks, in order; a check without one is left out of the report. */
export interface JudgedClaim {
  readonly claim: Claim
  readonly findings: readonly (Finding | undefined)[]
}

/** Puts verdicts and the words that stand beside designs, clients and promises together, as plain data for src/report. */
export function reportInputOf(judged: Judged): ReportInput {
  const { bounds, readings, clients, promises, findings, baseline, claims = [] } = judged
  const matrix = new Matrix(findings)
  const own = readings.filter(({ isVariation }) => !isVariation).map(({ name }) => name)
  const propertyNames = promises.map(({ name }) => name)
  return {
    question,
    bounds,
    readings: readings.map(readingText),
    clients,
    promises,
    findings,
    dominances: dominances(matrix, own, clients, propertyNames),
    keepsWorking:
      baseline === undefined
        ? []
        : keepsWorking(
            new Matrix(baseline.findings),
            baseline.reading,
            matrix,
            readings.map(({ name }) => name),
            clients,
          ),
    claims: claims.map(claimText),
    vocabulary,
  }
}

/** What the page of one cell needs. */
export function pageContextOf(reading: NamedReading, client: Client, promise: Promised): PageContext {
  return { reading: readingText(reading), client, promise, vocabulary: vocabularyFor(reading.reading.policy) }
}

export function readingText({ design, reading, name, isVariation }: NamedReading): ReadingText {
  const question = design.variations.find((variation) => variation.name === reading.name)?.question
  return {
    name,
    design: design.name,
    designTitle: design.title,
    by: design.by,
    designSays: design.says,
    says: reading.says,
    isVariation,
    ...(isVariation && question !== undefined ? { question } : {}),
    differences: differencesOf(design.readings[0].policy, reading.policy),
    ...(reading.story === undefined ? {} : { story: reading.story }),
  }
}

function differencesOf(nominal: Policy, here: Policy): readonly Difference[] {
  const there = new Map<string, unknown>(Object.entries(here))
  return Object.entries(nominal).flatMap(([decision, value]) => {
    const other = there.get(decision)
    return stableJson(value) === stableJson(other) ? [] : [{ decision, nominal: plain(value), here: plain(other) }]
  })
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : stableJson(value)
}

function claimText({ claim, findings }: JudgedClaim): ClaimText {
  if (claim.kind === 'uncheckable') return claim
  const checks = claim.checks.flatMap((check, i) => checkedCell(check, findings[i]))
  return { ...claim, checks }
}

function checkedCell(check: ClaimCheck, finding: Finding | undefined): readonly CheckedCell[] {
  if (finding === undefined) return []
  return [{ finding, claims: check.claims, predicts: check.predicts, outcome: outcomeOf(check, finding) }]
}
