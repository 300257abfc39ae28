import { isSameExpression, isSameSystem } from '../model/language/same-system.ts'
import type { TransitionSystem } from '../model/language/transition-system.ts'
import type { Scenario } from '../model/scenarios/elaborate.ts'
import type { Property } from '../properties/language/property.ts'
import { formulasOf } from '../properties/language/variables-read.ts'
import type { Finding } from '../report/finding.ts'
import { moveEvidence } from './find-evidence.ts'
import type { Judgement } from './judgement.ts'

/** Everything a judgement depends on but the limits: the searched system with what readers are told, and the properties. */
export interface Question {
  readonly system: TransitionSystem
  readonly properties: readonly Property[]
}

/**
 * Judgements by what was judged. Readings often differ only in calls a client never makes: then the programs are the same to the letter,
 * and so is every verdict. Coghlan's design is the status quo for a client that knows nothing of it.
 */
export class JudgementMemory {
  readonly #known = new Map<string, { readonly question: Question; readonly judgement: Judgement }[]>()

  /** The judgement on a scenario with the same system and properties, told for this one; undefined if there is none. */
  recall(question: Question, scenario: Scenario): Judgement | undefined {
    const known = this.#known.get(sketchOf(question))?.find((candidate) => isSameQuestion(candidate.question, question))
    if (known === undefined) return undefined
    return { ...known.judgement, scenario, findings: known.judgement.findings.map((finding) => moveFinding(finding, scenario)) }
  }

  keep(question: Question, judgement: Judgement): void {
    const sketch = sketchOf(question)
    const alike = this.#known.get(sketch)
    if (alike === undefined) this.#known.set(sketch, [{ question, judgement }])
    else alike.push({ question, judgement })
  }
}

/** The same for equal questions, and seldom for others, so that few are compared in full. */
function sketchOf({ system, properties }: Question): string {
  const sizes = system.actions.map(({ name, assignments, events }) => `${name.length}.${assignments.length}.${events.length}`)
  return [properties.length, system.variables.length, ...sizes].join(' ')
}

function isSameQuestion(left: Question, right: Question): boolean {
  return (
    left.properties.length === right.properties.length &&
    left.properties.every((property, i) => isSameProperty(property, right.properties[i])) &&
    isSameSystem(left.system, right.system)
  )
}

function isSameProperty(left: Property, right: Property | undefined): boolean {
  if (right === undefined || left.name !== right.name || left.kind !== right.kind || left.says !== right.says) return false
  const formulas = formulasOf(right)
  return (
    formulasOf(left).every((formula, i) => isSameExpression(formula, formulas[i] ?? formula)) && formulasOf(left).length === formulas.length
  )
}

function moveFinding(finding: Finding, { reading, client, bounds }: Scenario): Finding {
  const cell = { ...finding.cell, reading, client: client.name, bounds }
  return { ...finding, cell, ...(finding.evidence === undefined ? {} : { evidence: moveEvidence(finding.evidence, cell) }) }
}
