import type { ExportedFiles } from '../../src/export/export-request.ts'
import { exploreEtf } from '../oracle/etf-explorer.ts'
import { readEtf } from '../oracle/etf-reader.ts'
import type { ForeignResult } from './foreign-result.ts'

/** Does in this process what the commands in the header would have LTSmin do: count states, and seek what each option asks for. */
export function runEtfChecker(files: ExportedFiles): ForeignResult & { readonly transitions: number } {
  const [text = ''] = files.values()
  const started = performance.now()
  const { states, transitions, edges, deadlocks, labels } = exploreEtf(readEtf(text))
  const options = [...text.matchAll(/^% {3}etf2lts-seq (--.*) model\.etf$/gm)].map(([, option = '']) => option)
  const found = options.filter((option) => {
    const [, action] = /^--action=(\w+)$/.exec(option) ?? []
    const [, label = ''] = /^--invariant='(\w+) == "true"'$/.exec(option) ?? []
    if (action !== undefined) return edges.has(action)
    if (option === '--deadlock') return deadlocks > 0
    const values = labels.get(label)
    if (values === undefined) throw new Error(`the command says ${option}, and there is no such label`)
    return values.has('false')
  })
  const milliseconds = Math.round(performance.now() - started)
  return { states, transitions, wentWrong: found.length > 0, output: found.join('\n'), milliseconds }
}
