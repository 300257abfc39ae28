import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { digestOf } from '../../../foundation/digest.ts'
import { packageText } from '../../package-file.ts'

/** Which code a cached verdict may be trusted by. */
export interface CodeDigests {
  /** Of all code: with the names of shipped designs, clients and promises, it says what is judged and by what. */
  readonly everything: string
  /** Of the code that judges a given transition system: not the models, and nothing that only tells. */
  readonly judging: string
}

/** The root of what runs: `src` among its sources, or `dist/src`. */
const sources = fileURLToPath(new URL('../../../', import.meta.url))
const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js'

/** What these hold reaches a verdict through the transition system and the properties alone, or not at all. */
const notJudging = [
  'src/model/clients/',
  'src/model/cpython/',
  'src/model/designs/',
  'src/properties/catalog/',
  'src/report/',
  'src/export/',
  'src/conformance/',
  'proofs/',
]

/** Digests of the program as it lies on the disk, with its version and the exact ones of the packages it needs. Cost: reads some 700 files, 2 MB. */
export function codeDigests(): CodeDigests {
  const files = [...filesOf(sources, 'src/'), ...filesOf(fileURLToPath(new URL('../../../../proofs/', import.meta.url)), 'proofs/')]
  const judging = files.filter(({ path }) => !notJudging.some((folder) => path.startsWith(folder)))
  const packages = packageText()
  const digest = (some: typeof files): string => digestOf([packages, ...some.map(({ path, text }) => `${path}\n${text}`)].join('\n'))
  return { everything: digest(files), judging: digest(judging) }
}

function filesOf(folder: string, name: string): readonly { readonly path: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path: `${name}${path}`, text: readFileSync(`${folder}/${path}`, 'utf8') }))
}
