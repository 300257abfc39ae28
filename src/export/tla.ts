import { commentText } from './comment-text.ts'
import type { ExportedFiles, ExportRequest } from './export-request.ts'
import { conjunctsOf, textOf } from './expression-text.ts'
import { headerLines } from './header.ts'
import { Identifiers } from './identifiers.ts'
import { sections } from './lines.ts'
import type { PreparedModel } from './prepare.ts'
import { tlaAction } from './tla-action.ts'
import { collection } from './tla-allocation.ts'
import { domains, inDomain, initial } from './tla-declarations.ts'
import { tlaStyle } from './tla-style.ts'
import { tlaWords } from './tla-words.ts'
import { nameAll } from './vocabulary.ts'

const rule = '-'.repeat(28)

/** A TLA+ module and its configuration for TLC. */
export function tlaFiles(model: PreparedModel, { about, fileName, properties }: ExportRequest): ExportedFiles {
  const names = new Identifiers([...tlaWords, fileName])
  names.of('own', 'none')
  nameAll(names, model)
  for (const { action } of model.actions) names.of('action', action.name)
  const header = headerLines(about, {
    written: 'For TLC: one operator for each action of the model, over one variable that is a record.',
    commands: [`java -cp tla2tools.jar tlc2.TLC -config ${fileName}.cfg ${fileName}.tla      # "distinct states found"`],
    properties,
    unsaid: model.unsaid,
  })
  const body = sections([
    [
      `${rule} MODULE ${fileName} ${rule}`,
      ...header.map((line) => (line === '' ? '\\*' : `\\* ${line}`)),
      '',
      'EXTENDS Integers, FiniteSets, TLC',
    ],
    domains(model, names),
    initial(model, names),
    inDomain(model, names),
    collection(model, names),
    ...model.actions.map((action) => tlaAction(action, model, names)),
    next(model, names),
    ...model.invariants.map(({ property, holds }) => [
      `\\* ${commentText(property.says)}`,
      `${names.of('property', property.name)} ==`,
      ...conjunctsOf(holds, tlaStyle(names)).map((conjunct) => `  /\\ ${conjunct}`),
    ]),
    ['='.repeat(rule.length * 2 + fileName.length + 9)],
  ])
  return new Map([
    ['.tla', `${body.join('\n')}\n`],
    ['.cfg', `${configuration(model, names).join('\n')}\n`],
  ])
}

function next(model: PreparedModel, names: Identifiers): readonly string[] {
  const rests = model.isDeadlockJudged
    ? [
        '\\* Stopping here is intended, so it is no deadlock.',
        'Rests ==',
        `  /\\ TRUE = (${textOf(model.final, tlaStyle(names))})`,
        '  /\\ UNCHANGED state',
        '',
      ]
    : []
  const steps = [...model.actions.map(({ action }) => names.of('action', action.name)), ...(model.isDeadlockJudged ? ['Rests'] : [])]
  return [...rests, 'Next ==', ...(steps.length === 0 ? ['  FALSE'] : steps.map((step) => `  \\/ ${step}`))]
}

function configuration(model: PreparedModel, names: Identifiers): readonly string[] {
  return [
    'INIT Init',
    'NEXT Next',
    'INVARIANT InDomain',
    ...model.invariants.map(({ property }) => `INVARIANT ${names.of('property', property.name)}`),
    `CHECK_DEADLOCK ${model.isDeadlockJudged ? 'TRUE' : 'FALSE'}`,
  ]
}
