import { basename } from 'node:path'
import type { ExportTarget } from '../../export/export-request.ts'
import { refuse } from '../options/counts.ts'

/** Ending of the file of each target. */
const endings: Readonly<Record<ExportTarget, string>> = { promela: '.pml', murphi: '.m', tla: '.tla', etf: '.etf' }

/** The path without its ending, and the name that stands in the commands of the text: a plain word, which is also a name of TLA+. */
export interface TargetFile {
  readonly stem: string
  readonly name: string
}

/** Takes `--output` apart; MC607 where the name could not stand in a command or a module. */
export function targetFile(target: ExportTarget, output: string | undefined): TargetFile {
  const ending = endings[target]
  if (output === undefined) return { stem: '', name: 'model' }
  const name = basename(output, ending)
  if (output.endsWith(ending) && /^[A-Za-z][A-Za-z0-9_]*$/.test(name)) return { stem: output.slice(0, -ending.length), name }
  const message = `found "${output}"; expected a name of letters, digits and "_" that ends in ${ending}`
  throw refuse({ code: 'MC607', message, hint: `Such as model${ending}.`, place: ['--output'] })
}
