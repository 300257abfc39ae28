import { appendFile } from 'node:fs/promises'
import { stableJson } from '../../foundation/stable-json.ts'
import { gateMarkdown } from '../../gate/gate-markdown.ts'
import type { GateResult, PlaceOf } from '../../gate/gate-result.ts'
import { githubAnnotations, withoutCommands } from '../../gate/github-annotations.ts'
import { gateJunit } from '../../gate/junit.ts'
import { resultDocument } from '../../gate/result-document.ts'
import { gateSarif } from '../../gate/sarif.ts'
import type { Terminal } from '../terminal.ts'
import { writeOneFile } from '../write-files.ts'
import type { GateFlags } from './gate-flags.ts'

type Outputs = Pick<GateFlags, 'json' | 'markdown' | 'sarif' | 'junit'>

/** Everything a result is told in: files, the page and the annotations of GitHub, and on the terminal these lines or one JSON document. */
export async function tellResult(
  terminal: Terminal,
  result: GateResult,
  lines: readonly string[],
  { flags, placeOf }: { readonly flags: Outputs; readonly placeOf: PlaceOf },
): Promise<void> {
  const { json, markdown, sarif, junit } = flags
  if (markdown !== undefined) await writeOneFile(markdown, gateMarkdown(result))
  if (sarif !== undefined) await writeOneFile(sarif, `${stableJson(gateSarif(result, placeOf), 2)}\n`)
  if (junit !== undefined) await writeOneFile(junit, gateJunit(result))
  const { GITHUB_ACTIONS: isOnGithub, GITHUB_STEP_SUMMARY: summary } = process.env
  const text = json === true ? stableJson(resultDocument(result), 2) : lines.join('\n')
  if (isOnGithub !== 'true') {
    terminal.print(text)
    return
  }
  terminal.print(json === true ? text : withoutCommands(text))
  // GitHub reads both streams; a document on the first must stay one.
  const tell = json === true ? terminal.note : terminal.print
  for (const annotation of githubAnnotations(result, placeOf)) tell(annotation)
  if (summary !== undefined && summary !== '') await addToSummary(terminal, summary, gateMarkdown(result))
}

/** A page that cannot be written is no reason to fail: what it says is in the log as well. */
async function addToSummary({ note }: Terminal, path: string, text: string): Promise<void> {
  await appendFile(path, text).catch((error: Error) => note(`The step summary cannot be written: ${error.message}`))
}
