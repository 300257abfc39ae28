import type { Property } from '../properties/language/property.ts'
import { commentText } from './comment-text.ts'

/** What gilproof's own exhaustive search of the same system found; identities are not renamed in it, as no target renames them. */
export type Expectation =
  | { readonly kind: 'counted'; readonly states: number; readonly violated: readonly string[] }
  /** The model goes wrong in a run, which ends the search. */
  | { readonly kind: 'goes-wrong'; readonly message: string }
  | { readonly kind: 'not-counted'; readonly reason: string }

/** What a header says of a model beside the model. */
export interface About {
  readonly title: string
  /** Sentences: design, client, bounds, choices. */
  readonly chosen: readonly string[]
  readonly expects: Expectation
}

/** What a target adds to it. */
export interface HeaderParts {
  readonly written: string
  /** Commands to type, in order. */
  readonly commands: readonly string[]
  readonly properties: readonly Property[]
  readonly unsaid: readonly Property[]
}

/** Lines of the comment at the top, without the signs of a comment. */
export function headerLines({ title, chosen, expects }: About, { written, commands, properties, unsaid }: HeaderParts): readonly string[] {
  const said = properties.filter((property) => !unsaid.includes(property))
  return [
    commentText(title),
    '',
    written,
    ...chosen.map(commentText),
    '',
    ...expectationLines(expects),
    '',
    'Run it:',
    ...commands.map((command) => `  ${command}`),
    '',
    ...(said.length === 0 ? ['No property is in it: its states alone are asked for.'] : ['Properties in it:', ...said.map(nameLine)]),
    ...(unsaid.length === 0 ? [] : ['Properties that it leaves out, as they cannot be said here:', ...unsaid.map(nameLine)]),
    '',
    'Believe a violation only when "gilproof check" with the same design, client and bounds shows it too; its trace is replayed step by step.',
  ]
}

function nameLine({ kind, name }: Property): string {
  return `  ${commentText(name)} (${kind})`
}

function expectationLines(expects: Expectation): readonly string[] {
  switch (expects.kind) {
    case 'counted': {
      const states = `Expected: ${expects.states} reachable states, counted by gilproof without renaming identities.`
      if (expects.violated.length === 0) return [states, 'No property in it is violated.']
      return [
        states,
        'The first violation ends the search earlier. Violated are:',
        ...expects.violated.map((name) => `  ${commentText(name)}`),
      ]
    }
    case 'goes-wrong':
      return [`Expected: an error, as the model goes wrong: ${commentText(expects.message)}`]
    case 'not-counted':
      return [`How many states it has was not counted: ${commentText(expects.reason)}`]
  }
}
