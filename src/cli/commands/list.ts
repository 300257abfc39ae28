import type { Command } from 'commander'
import { Argument } from 'commander'
import { stableJson } from '../../foundation/stable-json.ts'
import { designs } from '../../model/designs/catalog.ts'
import { ownCatalogs } from '../cells/catalogs.ts'
import { exitStatus } from '../exit-status.ts'
import type { Terminal } from '../terminal.ts'
import type { Finish } from './command.ts'

interface Entry {
  readonly name: string
  readonly kind?: string
  readonly says: string
  readonly by?: string
}

const lists = {
  designs: (): readonly Entry[] => designs.map(({ name, title, by, says }) => ({ name, kind: title, says, by })),
  readings: (): readonly Entry[] =>
    ownCatalogs.readings.map(({ name, isVariation, reading }) => ({
      name,
      kind: isVariation ? 'variation' : 'reading',
      says: reading.says,
    })),
  clients: (): readonly Entry[] => ownCatalogs.clients.map(({ name, kind, title, says }) => ({ name, kind: `${kind}: ${title}`, says })),
  properties: (): readonly Entry[] => ownCatalogs.promises.map(({ name, says, promisedBy }) => ({ name, says, by: promisedBy })),
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
      for (const { name, kind, says, by } of json === true ? [] : entries) {
        print(palette.strong(name) + (kind === undefined ? '' : palette.faint(`  ${kind}`)))
        print(`    ${says}`)
        if (by !== undefined) print(palette.faint(`    ${by}`))
      }
      finish(exitStatus.asExpected)
    })
}
