import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

const client = fileURLToPath(new URL('../src/report/html/client/', import.meta.url))

/** Later ones may overrule earlier ones. */
const styles = ['colours', 'page', 'sequence', 'state', 'narrow', 'print']

/**
 * Text of src/report/html/page-assets.ts: the script and the style of the HTML page as two strings. The script is bundled from
 * src/report/html/client and stays readable; both are ASCII, so that the hashes in the page are those of its bytes in any encoding.
 */
export function pageAssetsDocument(): string {
  const { outputFiles } = buildSync({
    entryPoints: [`${client}main.ts`],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'ascii',
    logLevel: 'silent',
    // Paths in comments would depend on the folder it is run in.
    absWorkingDir: client,
  })
  const script = outputFiles[0]?.text ?? ''
  const style = styles.map((name) => readFileSync(`${client}${name}.css`, 'utf8')).join('\n')
  return [
    '// Written by `npm run page-assets:update` from src/report/html/client; change that instead.',
    '',
    ...[['pageScript', script] as const, ['pageStyle', style] as const].map(
      ([name, text]) => `export const ${name} =\n  ${JSON.stringify(text)}`,
    ),
    '',
  ].join('\n')
}
