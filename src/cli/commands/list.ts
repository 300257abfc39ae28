import type { Command } from 'commander'
import { Argument } from 'commander'
import { stableJson } from '../../foundation/stable-json.ts'
import type { Client } from '../../model/clients/client.ts'
import { designs } from '../../model/designs/catalog.ts'
import type { Design, NamedReading } from '../../model/designs/design.ts'
import { laterDesigns, laterReadings } from '../../model/designs/later-catalog.ts'
import { releaseDesigns, releaseReadings } from '../../model/designs/releases.ts'
import type { Promised } from '../../properties/catalog/promise.ts'
import { laterCatalogs, ownCatalogs } from '../cells/catalogs.ts'
import { exitStatus } from '../exit-status.ts'
import type { Terminal } from '../terminal.ts'
import type { Finish } from './command.ts'

interface Entry {
  readonly name: string
  readonly kind?: string
  readonly says: string
  readonly by?: string
  /** When it came up, where that tells entries apart. */
  readonly group?: Group
}

type Group = 'the debate' | 'since the debate' | 'released'

const lists = {
  designs: (): readonly Entry[] => [
    ...under('the debate', designs.map(designEntry)),
    ...under('since the debate', laterDesigns.map(designEntry)),
    ...under('released', releaseDesigns.map(designEntry)),
  ],
  readings: (): readonly Entry[] => [
    ...under('the debate', ownCatalogs.readings.map(readingEntry)),
    ...under('since the debate', laterReadings.map(readingEntry)),
    ...under('released', releaseReadings.map(readingEntry)),
  ],
  clients: (): readonly Entry[] => withLater(ownCatalogs.clients, laterCatalogs.clients, clientEntry),
  properties: (): readonly Entry[] => withLater(ownCatalogs.promises, laterCatalogs.promises, promiseEntry),
  claims: (): readonly Entry[] =>
    ownCatalogs.claims.map(({ name, kind, says, by, messages }) => ({
      name,
      kind,
      says,
      by: `${by}, ${messages.map((number) => `msg${number}`).join(', ')}`,
    })),
} as const

type ListName = keyof typeof lists
const listNames: readonly ListName[] = ['designs', 'readings', 'clients', 'properties', 'claims']

const examples = `
Examples:
  $ gilproof list designs
  $ gilproof list clients --json`

export function listCommand(program: Command, { print, palette }: Terminal, finish: Finish): void {
  program
    .command('list')
    .summary('what there is to judge')
    .description('Lists what there is to judge, and what each is.')
    .addArgument(new Argument('<what>', 'what to list').choices(listNames))
    .option('--json', 'print one JSON document')
    .addHelpText('after', examples)
    .action((what: ListName, { json }: { readonly json?: boolean }) => {
      const entries = lists[what]()
      if (json === true) print(stableJson(entries, 2))
      else for (const [i, entry] of entries.entries()) printEntry(entry, entries[i - 1], { print, palette })
      finish(exitStatus.asExpected)
    })
}

const headings: Readonly<Record<Group, string>> = {
  'the debate': 'THE DEBATE OF 2010 AND 2011',
  'since the debate': 'SINCE THE DEBATE',
  released: 'RELEASED; cpython-3.12 is short for cpython-3.12.release',
}

/** With a heading where a group begins. */
function printEntry(
  { name, kind, says, by, group }: Entry,
  before: Entry | undefined,
  { print, palette }: Pick<Terminal, 'print' | 'palette'>,
): void {
  if (group !== undefined && group !== before?.group) print(palette.strong(`${before === undefined ? '' : '\n'}${headings[group]}\n`))
  print(palette.strong(name) + (kind === undefined ? '' : palette.faint(`  ${kind}`)))
  print(`    ${says}`)
  if (by !== undefined) print(palette.faint(`    ${by}`))
}

function under(group: Group, entries: readonly Entry[]): readonly Entry[] {
  return entries.map((entry) => ({ ...entry, group }))
}

/** What the debate has, then what came later; no groups where nothing did. */
function withLater<Item>(own: readonly Item[], all: readonly Item[], entryOf: (item: Item) => Entry): readonly Entry[] {
  const later = all.filter((item) => !own.includes(item))
  return [...under('the debate', own.map(entryOf)), ...under('since the debate', later.map(entryOf))]
}

function designEntry({ name, title, by, says }: Design): Entry {
  return { name, kind: title, says, by }
}

function readingEntry({ name, isVariation, reading }: NamedReading): Entry {
  return { name, kind: isVariation ? 'variation' : 'reading', says: reading.says }
}

function clientEntry({ name, kind, title, says }: Client): Entry {
  return { name, kind: `${kind}: ${title}`, says }
}

function promiseEntry({ name, says, promisedBy }: Promised): Entry {
  return { name, says, by: promisedBy }
}
