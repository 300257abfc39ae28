import type { Evidence } from '../finding.ts'
import type { ToldStep } from '../told-step.ts'
import { nothing } from '../told-step.ts'
import type { TraceVocabulary } from '../trace-vocabulary.ts'
import { lockName } from './chart-data.ts'
import type { ChartVocabulary, HtmlInput, Place } from './html-input.ts'
import type { Card, Field, PageData } from './page-data.ts'
import { Positions } from './positions.ts'
import { locksOf, StateWalk } from './state-walk.ts'

/** A card for each thread, interpreter and thread state that is ever there, and one for what belongs to none of them. */
export function cardData(input: HtmlInput, evidence: Evidence, told: readonly ToldStep[]): Pick<PageData, 'cards' | 'values'> {
  const { chart, context, places } = input
  const { vocabulary } = context
  const fields = new FieldWriter(evidence, places, vocabulary)
  const shown = shownPlaces(evidence, places, vocabulary, chart)
  const ofDomain = (domain: string): ReadonlyMap<string, readonly Place[]> =>
    grouped(shown.filter(({ indices }) => indices[0]?.of === domain))
  const locks = locksOf(places, evidence, vocabulary, chart)
  const card = (kind: Card['kind'], title: string, own: readonly Field[], rest: readonly Place[] | undefined): Card => ({
    kind,
    title,
    fields: [...own, ...(rest ?? []).map((place) => fields.ofPlace(place, labelOf(place, chart)))],
  })
  const threadPlaces = ofDomain(chart.thread)
  const process = shown.filter(({ indices }) => indices.length === 0)
  const there = (what: string): boolean => fields.isEver(what, vocabulary.alive)
  const cards = [
    ...evidence.threads.map((thread) =>
      card(
        'thread',
        thread,
        [
          fields.callStack(thread, told),
          fields.derived('attached', 'the thread state it runs with', (walk) => {
            const threadState = walk.attachedOf(thread)
            const interpreter = walk.interpreterOf(threadState)
            return interpreter === nothing ? threadState : `${threadState} (${interpreter})`
          }),
          fields.derived('holds', 'locks it took and has not dropped', (walk) => {
            const held = locks.filter((lock) => walk.holderOf(lock) === thread)
            return held.length === 0 ? nothing : held.map(({ interpreter }) => lockName(interpreter, vocabulary)).join(', ')
          }),
        ],
        threadPlaces.get(thread),
      ),
    ),
    ...[...ofDomain(chart.threadState)]
      .filter(([name]) => there(`${vocabulary.lives[0] ?? ''}[${name}]`))
      .map(([name, own]) => card('thread state', name, [], own)),
    ...[...ofDomain(chart.interpreter)]
      .filter(([name]) => vocabulary.lives.some((life) => there(`${life}[${name}]`)))
      .map(([name, own]) => card('interpreter', name, [], own)),
    ...(process.length === 0 ? [] : [card('process', 'process', [], process)]),
  ]
  return { cards, values: fields.values.all }
}

/** Shared places that change, and those that are always shown; what lanes show already is left out. */
function shownPlaces(
  { steps }: Evidence,
  places: readonly Place[],
  { attached, isLocked }: TraceVocabulary,
  { alwaysShown }: ChartVocabulary,
): readonly Place[] {
  const changed = new Set(steps.flatMap(({ changes }) => changes.map(({ what }) => what)))
  return places.filter(
    ({ kind, variable, what, indices }) =>
      kind === 'shared' &&
      (changed.has(what) || alwaysShown.has(variable)) &&
      (variable !== attached || indices.length === 0) &&
      variable !== isLocked,
  )
}

function grouped(places: readonly Place[]): ReadonlyMap<string, readonly Place[]> {
  const groups = new Map<string, Place[]>()
  for (const place of places) {
    const name = place.indices[0]?.name ?? ''
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [place])
    else group.push(place)
  }
  return groups
}

/** "counter" of "counter of", with the other indices: "interpreter slot, sub". */
function labelOf({ variable, indices }: Place, { alwaysShown }: ChartVocabulary): string {
  const name = alwaysShown.get(variable) ?? variable.replace(/ (of|is)$/, '')
  return [name, ...indices.slice(1).map((index) => index.name)].join(', ')
}

/** Follows one value through the trace. */
class FieldWriter {
  readonly values = new Positions<string>()
  readonly #evidence: Evidence
  readonly #places: readonly Place[]
  readonly #vocabulary: TraceVocabulary

  constructor(evidence: Evidence, places: readonly Place[], vocabulary: TraceVocabulary) {
    this.#evidence = evidence
    this.#places = places
    this.#vocabulary = vocabulary
  }

  ofPlace({ what, means }: Place, label: string): Field {
    return this.derived(label, means, (walk) => walk.valueOf(what))
  }

  isEver(what: string, value: string): boolean {
    return this.#follow((walk) => walk.valueOf(what)).some(([, found]) => found === value)
  }

  derived(label: string, means: string, valueIn: (walk: StateWalk) => string): Field {
    return this.#field(label, means, this.#follow(valueIn))
  }

  /** Where the thread was last seen, outermost first; after the last step what it would do next. */
  callStack(thread: string, steps: readonly ToldStep[]): Field {
    const { standing } = this.#evidence
    const history: [number, string][] = [[0, 'own code']]
    const note = (since: number, value: string): void => {
      if (history.at(-1)?.[0] === since) history.pop()
      if (value !== history.at(-1)?.[1]) history.push([since, value])
    }
    for (const [i, step] of steps.entries()) if (step.thread === thread) note(i + 1, stackText(step.calls))
    const end = standing.find((stands) => stands.thread === thread)
    if (end?.isBlocked === true) note(steps.length, `${stackText(end.calls)}\nblocked: never ${end.says}`)
    return this.#field('call stack', 'functions of CPython that it is in, outermost first', history)
  }

  #follow(valueIn: (walk: StateWalk) => string): readonly (readonly [since: number, value: string])[] {
    const walk = new StateWalk(this.#places, this.#vocabulary)
    const history: [number, string][] = [[0, valueIn(walk)]]
    for (const [i, { thread, changes }] of this.#evidence.steps.entries()) {
      walk.take(thread, changes)
      const value = valueIn(walk)
      if (value !== history.at(-1)?.[1]) history.push([i + 1, value])
    }
    return history
  }

  #field(label: string, means: string, history: readonly (readonly [since: number, value: string])[]): Field {
    return { label, means, history: history.map(([since, value]) => [since, this.values.of(value)]) }
  }
}

function stackText(calls: readonly string[]): string {
  return calls.length === 0 ? 'own code' : calls.join('\n')
}
