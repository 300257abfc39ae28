import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { check_spec_with_cfg, initSync } from 'tla-checker'
import type { ExportedFiles } from '../../src/export/export-request.ts'
import type { ForeignResult } from './foreign-result.ts'

/** What it says of a module, as JSON. */
interface TlaResult {
  readonly success: boolean
  readonly error_type: string | null
  readonly error_message: string | null
  readonly states_explored: number
}

/** It ends a search there and calls it a success, so nothing here may come near it. */
const most = 2_000_000

/** What a model that goes wrong or violates a property makes it say; anything else means that it did not understand the module. */
const ofTheModel = /^(InvariantViolation|Deadlock|\w+: Assertion failed: |\w+: key \S+ not in function domain)/

let isReady = false

/**
 * Checks a TLA+ module as its configuration asks, in this process: some hundred states of a scenario a second. Throws where the module is no TLA+
 * to it, with what it says: a comparison that was not made must not pass.
 */
export function runTlaChecker(files: ExportedFiles): ForeignResult {
  const [module = '', configuration = ''] = files.values()
  if (!isReady) initSync({ module: readFileSync(createRequire(import.meta.url).resolve('tla-checker/tla_checker_bg.wasm')) })
  isReady = true
  const started = performance.now()
  const allowsDeadlock = configuration.includes('CHECK_DEADLOCK FALSE')
  const said = JSON.parse(check_spec_with_cfg(module, configuration, '{}', most, most, allowsDeadlock, false)) as TlaResult
  const milliseconds = Math.round(performance.now() - started)
  const output = `${said.error_type}: ${said.error_message}`
  if (!said.success && !ofTheModel.test(output)) throw new Error(`tla-checker did not understand the module: ${output}\n${module}`)
  if (said.success && said.states_explored >= most) throw new Error(`tla-checker stopped at ${most} states`)
  return { states: said.states_explored, wentWrong: !said.success, output, milliseconds }
}
