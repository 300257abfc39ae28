import type { ModelFamily } from '../models/bench-model.ts'
import type { Attempt, Budget, Run } from '../tools/tool.ts'
import { Agreement } from './agreement.ts'
import { estimateFor, expectedStates } from './estimate.ts'
import type { Entry } from './prepare-all.ts'
import type { Cell, Estimate, FamilyResults, Outcome } from './results.ts'

export interface Turns {
  readonly rounds: number
  /** Of one search. */
  readonly budget: Budget
  /** A tool that has worked so long on a model gets no further turn with it. */
  readonly secondsPerCell: number
  /** Whether there is time for more turns after the first round. */
  readonly mayGoOn: () => boolean
  readonly note: (text: string) => void
}

/** Searches that are shorter say little: generating code and warming up take most of them. */
const telling = 5
/** An estimate from one of those must be so many times too long before it is believed. */
const benefitOfDoubt = 2

/**
 * Lets the tools search each model in turn, several times over, so that what disturbs the machine for a while disturbs all of them. The first
 * round goes from small to large and leaves out what does not fit; throws where two tools count differently.
 */
export async function takeTurns(
  families: readonly ModelFamily[],
  entries: readonly Entry[],
  turns: Turns,
): Promise<readonly FamilyResults[]> {
  const agreement = new Agreement(families.flatMap(({ models }) => models))
  const outcomes = new Map<Entry, Outcome>()
  for (let round = 0; round < turns.rounds; round++) {
    for (const family of families) {
      for (const entry of entriesOf(family, entries)) {
        const before = outcomes.get(entry)
        if (before === undefined) outcomes.set(entry, await firstTurn(entry, family, { entries, outcomes, agreement, turns }))
        else if (mayRepeat(before, turns)) outcomes.set(entry, await nextTurn(entry, before.runs, agreement, turns))
      }
    }
  }
  return families.map((family) => ({
    name: family.name,
    says: family.says,
    sizeIs: family.sizeIs,
    cells: entriesOf(family, entries).flatMap((entry) => {
      const outcome = outcomes.get(entry)
      return outcome === undefined ? [] : [cellOf(entry, outcome)]
    }),
  }))
}

interface Situation {
  readonly entries: readonly Entry[]
  readonly outcomes: ReadonlyMap<Entry, Outcome>
  readonly agreement: Agreement
  readonly turns: Turns
}

async function firstTurn(entry: Entry, family: ModelFamily, { entries, outcomes, agreement, turns }: Situation): Promise<Outcome> {
  const { model, tool, prepared } = entry
  const known = family.models.flatMap(({ name, size }) => {
    const states = agreement.statesOf(name)
    return states === undefined ? [] : [{ size, states }]
  })
  const statesOf = (size: number): number | undefined => expectedStates(size, known)
  const states = statesOf(model.size)
  const earlier = entriesOf(family, entries).flatMap((other) => {
    const outcome = other.tool === tool ? outcomes.get(other) : undefined
    return outcome === undefined ? [] : [cellOf(other, outcome)]
  })
  const estimate = estimateFor(model.size, earlier, statesOf)
  const told = estimate === undefined ? {} : { estimate }
  const tooMuch = estimate === undefined ? undefined : whatIsTooMuch(estimate, turns.budget)
  if (tooMuch !== undefined) return doesNotFit(entry, { kind: 'does-not-fit', why: tooMuch, wasTried: false, ...told }, turns)
  const attempt = await prepared.search(states ?? unknownStates, turns.budget)
  if (attempt.kind === 'stopped') {
    return doesNotFit(entry, { kind: 'does-not-fit', why: attempt.by, wasTried: true, ...told }, turns)
  }
  return { kind: 'measured', runs: [confirmed(entry, attempt, agreement, turns)] }
}

/** What room is reserved for where nothing is known. */
const unknownStates = 2 ** 20

async function nextTurn(entry: Entry, runs: readonly Run[], agreement: Agreement, turns: Turns): Promise<Outcome> {
  const expected = agreement.statesOf(entry.model.name) ?? unknownStates
  const attempt = await entry.prepared.search(expected, turns.budget)
  if (attempt.kind === 'stopped')
    throw new Error(`${entry.tool.name} on "${entry.model.name}" was stopped by ${attempt.by}; it fitted before.`)
  return { kind: 'measured', runs: [...runs, confirmed(entry, attempt, agreement, turns)] }
}

function mayRepeat(outcome: Outcome, { secondsPerCell, mayGoOn }: Turns): outcome is Extract<Outcome, { kind: 'measured' }> {
  if (outcome.kind !== 'measured' || !mayGoOn()) return false
  const taken = outcome.runs.map(({ seconds }) => seconds)
  return taken.reduce((sum, seconds) => sum + seconds, 0) + Math.max(...taken) <= secondsPerCell
}

function confirmed({ model, tool }: Entry, { run }: Extract<Attempt, { kind: 'finished' }>, agreement: Agreement, { note }: Turns): Run {
  note(`${String(run.states).padStart(12)}  ${run.seconds.toFixed(2).padStart(7)} s  ${model.name}: ${tool.name}`)
  agreement.confirm(model.name, tool, run.states)
  return run
}

function doesNotFit<O extends Outcome & { readonly kind: 'does-not-fit' }>({ model, tool }: Entry, outcome: O, { note }: Turns): O {
  note(`does not fit (${outcome.why})     ${model.name}: ${tool.name}`)
  return outcome
}

/** What the estimate goes beyond; undefined if it is worth a try. */
function whatIsTooMuch({ seconds, peakBytes, fromSeconds }: Estimate, budget: Budget): 'memory' | 'time' | undefined {
  if (peakBytes > budget.bytes) return 'memory'
  return seconds > budget.seconds * (fromSeconds < telling ? benefitOfDoubt : 1) ? 'time' : undefined
}

function entriesOf({ models }: ModelFamily, entries: readonly Entry[]): readonly Entry[] {
  return entries.filter(({ model }) => models.includes(model))
}

function cellOf({ model, tool, prepared }: Entry, outcome: Outcome): Cell {
  const { preparation, emptyPeakBytes } = prepared
  return { model: model.name, size: model.size, tool: tool.name, reductions: tool.reductions, preparation, emptyPeakBytes, outcome }
}
