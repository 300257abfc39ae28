import { askable } from '../../src/cli/cells/catalogs.ts'
import type { RebuiltCell } from '../../src/cli/cells/rebuild-cell.ts'
import { rebuildCell } from '../../src/cli/cells/rebuild-cell.ts'
import { contextOf } from '../../src/cli/render-finding.ts'
import { judgeScenario } from '../../src/judge/judge-scenario.ts'
import type { PageContext } from '../../src/report/report-input.ts'
import type { NamedScenario } from './scenario-system.ts'
import { scenarioOf } from './scenario-system.ts'

/** A cell that is known to be violated, with the shortest trace that a search finds now. */
export async function violatedCell(named: NamedScenario): Promise<RebuiltCell & { readonly context: PageContext }> {
  const { scenario, promised } = scenarioOf(named)
  const judged = await judgeScenario(scenario, promised, {})
  if (!judged.ok) throw new Error(judged.diagnostics.map(({ message }) => message).join('\n'))
  const code = judged.value.findings[0]?.evidence?.replayCode
  if (code === undefined) throw new Error(`${named.client} on ${named.reading} does not violate ${named.promises.join()}`)
  const cell = rebuildCell(code, askable())
  return { ...cell, context: contextOf(cell.finding, askable()) }
}
