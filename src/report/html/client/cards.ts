import type { Card, Field, PageData } from '../page-data.ts'
import { elementOf, make } from './elements.ts'

interface ShownField {
  readonly field: Field
  readonly row: HTMLElement
  readonly now: HTMLElement
  readonly was: HTMLElement
}

/** The state beside the steps. A move touches the fields whose text differs, and no others. */
export class Cards {
  readonly #fields: ShownField[] = []
  readonly #values: readonly string[]

  constructor({ cards, values }: PageData) {
    this.#values = values
    elementOf('cards').append(...cards.map((card, i) => this.#draw(card, i)))
  }

  show(moment: number): void {
    for (const { field, row, now, was } of this.#fields) {
      const at = field.history.findLastIndex(([since]) => since <= moment)
      const [since, value] = field.history[at] ?? [0, 0]
      const isChanged = since === moment && moment > 0
      setText(now, this.#values[value] ?? '')
      setText(was, isChanged ? `was ${this.#values[field.history[at - 1]?.[1] ?? 0]?.replaceAll('\n', ' › ')}` : '')
      if (row.classList.contains('changed') !== isChanged) row.classList.toggle('changed', isChanged)
    }
  }

  #draw({ title, kind, fields }: Card, position: number): HTMLElement {
    const card = make('section', 'card')
    const heading = make('h4', kind === 'thread' ? `name hue-${position % 6}` : '', title)
    if (kind === 'interpreter') heading.prepend(make('span', 'kind', 'interpreter '))
    const list = make('dl', '')
    list.append(...fields.map((field) => this.#drawField(field)))
    card.append(heading, list)
    return card
  }

  #drawField(field: Field): HTMLElement {
    const row = make('div', 'field')
    const label = make('dt', '', field.label)
    label.title = field.means
    const value = make('dd', '')
    const now = make('span', 'now')
    const was = make('span', 'was')
    value.append(now, ' ', was)
    row.append(label, value)
    this.#fields.push({ field, row, now, was })
    return row
  }
}

function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text
}
