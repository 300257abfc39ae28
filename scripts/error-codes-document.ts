import { errorCodes } from '../src/foundation/error-codes.ts'

const groups: readonly (readonly [prefix: string, heading: string])[] = [
  ['MC1', 'Language'],
  ['MC2', 'Compile'],
  ['MC3', 'Search and soundness'],
  ['MC4', 'Property'],
  ['MC5', 'Trace'],
  ['MC6', 'Report and command line'],
  ['MC7', 'Conformance'],
  ['MC8', 'Export'],
  ['MC9', 'Bug'],
]

/** The text of docs/error-codes.md. Throws if a code belongs to no group: it would be missing from the page. */
export function errorCodesDocument(): string {
  const entries = Object.entries(errorCodes)
  const homeless = entries.filter(([code]) => !groups.some(([prefix]) => code.startsWith(prefix)))
  if (homeless.length > 0) throw new Error(`no group for ${homeless.map(([code]) => code).join(', ')}`)

  const sections = groups.map(([prefix, heading]) => {
    const paragraphs = entries
      .filter(([code]) => code.startsWith(prefix))
      .map(([code, { title, explanation }]) => `### ${code}: ${title}\n\n${explanation}\n`)
    return `## ${heading}\n\n${paragraphs.join('\n')}`
  })
  const introduction =
    'Every message of the toolkit carries one of these codes. This page is printed from `src/foundation/error-codes.ts` by\n' +
    '`npm run error-codes:update`; do not edit it by hand.\n'
  return `# Error codes\n\n${introduction}\n${sections.join('\n')}`
}
