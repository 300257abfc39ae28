import { commentText } from './comment-text.ts'
import type { ExportRequest } from './export-request.ts'
import { conjunctsOf, textOf } from './expression-text.ts'
import { headerLines } from './header.ts'
import { Identifiers } from './identifiers.ts'
import { indent, sections } from './lines.ts'
import { murphiAction, quotable } from './murphi-action.ts'
import { allocationNames, collection, flagTypes } from './murphi-allocation.ts'
import { startState, variables } from './murphi-declarations.ts'
import { murphiStyle } from './murphi-style.ts'
import { murphiWords } from './murphi-words.ts'
import type { PreparedModel } from './prepare.ts'
import { unroll } from './unroll.ts'
import { memberNames, nameAll, namedDomains } from './vocabulary.ts'

/** A whole Murphi file: a rule for each action. Nothing is a scalarset in it, so that no state is taken for another one. */
export function murphiText(model: PreparedModel, { about, fileName, properties }: ExportRequest): string {
  const header = headerLines(about, {
    written: 'For Rumur: each rule is an action of the model. Identities are ranges, not scalarsets, so that every state is counted.',
    commands: [
      `rumur --deadlock-detection ${model.isDeadlockJudged ? 'stuck' : 'off'} --output ${fileName}.c ${fileName}.m`,
      `gcc -O1 -mcx16 -o ${fileName} ${fileName}.c -lpthread`,
      `./${fileName}      # "State Space Explored"; an error comes with its trace`,
    ],
    properties,
    unsaid: model.unsaid,
  })
  const body = murphiBody(model, new Identifiers(murphiWords))
  return `${[...header.map((line) => (line === '' ? '--' : `-- ${line}`)), '', ...body].join('\n')}\n`
}

function murphiBody(model: PreparedModel, names: Identifiers): readonly string[] {
  for (const own of ['none', 'changed', 'in use', 'collect forgotten']) names.of('own', own)
  nameAll(names, model)
  for (const references of model.references) allocationNames(names, references)
  return sections([
    constants(model, names),
    types(model, names),
    ['var', ...indent(variables(model, names))],
    collection(model, names),
    startState(model, names),
    ...model.actions.map((action) => murphiAction(action, model, names)),
    rests(model, names),
    ...invariants(model, names),
  ])
}

function constants(model: PreparedModel, names: Identifiers): readonly string[] {
  const members = namedDomains(model).flatMap((domain) => memberNames(names, domain).map((name, value) => `  ${name}: ${value};`))
  return ['const', `  ${names.of('own', 'none')}: -1;`, ...members]
}

function types(model: PreparedModel, names: Identifiers): readonly string[] {
  const named = namedDomains(model).flatMap((domain) => {
    const last = memberNames(names, domain).length - 1
    return [`${names.of(domain.kind, domain.name)}: 0..${last};`, `${names.of('or none', `${domain.name} or none`)}: -1..${last};`]
  })
  const all = [...named, ...flagTypes(model, names)]
  return all.length === 0 ? [] : ['type', ...indent(all)]
}

/** Where stopping is intended, a rule that changes nothing: what is left without a rule is a deadlock. */
function rests(model: PreparedModel, names: Identifiers): readonly string[] {
  if (!model.isDeadlockJudged) return []
  const final = textOf(unroll(model.final, ['count']), murphiStyle(names))
  return ['-- Stopping here is intended, so it is no deadlock.', 'rule "rests"', `  ${final}`, '==>', 'begin', 'end;']
}

function invariants(model: PreparedModel, names: Identifiers): readonly (readonly string[])[] {
  const style = murphiStyle(names)
  return model.invariants.map(({ property, holds }) => {
    const conjuncts = conjunctsOf(unroll(holds, ['count']), style)
    return [
      `-- ${commentText(property.says)}`,
      `invariant "${quotable(property.name)}"`,
      ...conjuncts.map((conjunct, i) => `  ${i === 0 ? '' : '& '}${conjunct}${i === conjuncts.length - 1 ? ';' : ''}`),
    ]
  })
}
