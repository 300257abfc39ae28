import { systemText } from '../checker/trace/model-digest.ts'
import { stableJson } from '../foundation/stable-json.ts'
import type { TransitionSystem } from '../model/language/transition-system.ts'
import type { Scenario } from '../model/scenarios/elaborate.ts'
import type { Property } from '../properties/language/property.ts'
import type { Finding } from '../report/finding.ts'
import { moveEvidence } from './find-evidence.ts'
import type { Judgement } from './judgement.ts'

/**
 * Judgements by what was judged. Readings often differ only in calls a client never makes: then the programs are the same to the letter,
 * and so is every verdict. Coghlan's design is the status quo for a client that knows nothing of it.
 */
export class JudgementMemory {
  readonly #known = new Map<string, Judgement>()

  /** The judgement on a scenario with the same system and properties, told for this one; undefined if there is none. */
  recall(key: string, scenario: Scenario): Judgement | undefined {
    const known = this.#known.get(key)
    if (known === undefined) return undefined
    return { ...known, scenario, findings: known.findings.map((finding) => moveFinding(finding, scenario)) }
  }

  keep(key: string, judgement: Judgement): void {
    this.#known.set(key, judgement)
  }
}

/** Everything a judgement depends on but the limits, as text: the searched system, the properties, and what readers are told. */
export function keyOf(system: TransitionSystem, properties: readonly Property[]): string {
  const told = system.actions.map((action) => action.told)
  return `${systemText(system)} ${stableJson(properties)} ${JSON.stringify(told)}`
}

function moveFinding(finding: Finding, { reading, client, bounds }: Scenario): Finding {
  const cell = { ...finding.cell, reading, client: client.name, bounds }
  return { ...finding, cell, ...(finding.evidence === undefined ? {} : { evidence: moveEvidence(finding.evidence, cell) }) }
}
