import type { ExportRequest } from './export-request.ts'
import { headerLines } from './header.ts'
import { Identifiers } from './identifiers.ts'
import type { PreparedModel } from './prepare.ts'
import { promelaBody } from './promela.ts'
import { vectorBytes } from './promela-declarations.ts'
import { promelaWords } from './promela-words.ts'

/** Longest search by depth: SPIN counts two for each action where identities are collected. */
const usualDepth = 10_000_000

/** A whole Promela file. */
export function promelaText(model: PreparedModel, { about, fileName, properties }: ExportRequest): string {
  const header = headerLines(about, {
    written: 'For SPIN 6.5: one process, in which each alternative is an action of the model; all variables are global.',
    commands: promelaCommands(model, fileName, about.expects.kind === 'counted' ? about.expects.states : undefined),
    properties,
    unsaid: model.unsaid,
  })
  const body = promelaBody(model, new Identifiers(promelaWords))
  return `${['/*', ...header.map((line) => (line === '' ? ' *' : ` * ${line}`)), ' */', '', ...body].join('\n')}\n`
}

/** Exhaustive, exact, without partial-order reduction; the last command is the search. */
function promelaCommands(model: PreparedModel, fileName: string, states: number | undefined): readonly string[] {
  const vector = 2 ** Math.ceil(Math.log2(Math.max(1024, vectorBytes(model))))
  const depth = states === undefined ? usualDepth : 4 * states + 1000
  return [
    `spin -o1 -o2 -a ${fileName}.pml      # all variables are kept, also those that are only written`,
    `gcc -O1 -DSAFETY -DNOREDUCE -DMEMLIM=4000 -DVECTORSZ=${vector} -o pan pan.c`,
    `./pan -m${depth}      # "states, stored"; then "spin -t -p -g ${fileName}.pml" tells the trace of an error`,
  ]
}
