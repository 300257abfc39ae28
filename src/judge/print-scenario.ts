import type { GeneratedLanguage } from '../checker/compile/compile.ts'
import { printGenerated } from '../checker/compile/compile.ts'
import type { Checked } from '../foundation/diagnostic.ts'
import type { Scenario } from '../model/scenarios/elaborate.ts'
import { elaborate } from '../model/scenarios/elaborate.ts'
import type { Promised } from '../properties/catalog/promise.ts'
import { formulate } from './formulate.ts'
import { variablesOf } from './judge-scenario.ts'

/** The code that `judgeScenario` has a scenario explored by. */
export function printScenario(
  scenario: Scenario,
  promises: readonly Promised[],
  { merge, language }: { readonly merge: boolean; readonly language: GeneratedLanguage },
): Checked<string> {
  const elaboration = elaborate(scenario)
  const searched = elaboration.compile({ merge, visible: variablesOf(elaboration, promises) })
  return printGenerated(searched.system, formulate(elaboration, searched, promises), { renaming: true }, language)
}
