import { commentText } from './comment-text.ts'
import { conjunctsOf, textOf } from './expression-text.ts'
import type { Identifiers } from './identifiers.ts'
import { indent, sections } from './lines.ts'
import type { PreparedModel } from './prepare.ts'
import { promelaAction } from './promela-action.ts'
import { allocationNames, collection } from './promela-allocation.ts'
import { constants, hiddenVariables, variables } from './promela-declarations.ts'
import { promelaStyle } from './promela-style.ts'
import { unroll } from './unroll.ts'
import { nameAll } from './vocabulary.ts'

/**
 * The body of a Promela text: variables, then one process with an alternative for each action, and nothing else that SPIN would count.
 *
 * An action is one indivisible step, and the process is always back at its loop between two of them. Properties are alternatives as well: they
 * can be chosen only where they are violated, so they add no state to a model that keeps them.
 */
export function promelaBody(model: PreparedModel, names: Identifiers): readonly string[] {
  for (const own of ['none', 'member', 'changed', 'collect forgotten']) names.of('own', own)
  nameAll(names, model)
  for (const references of model.references) allocationNames(names, references)
  const actions = model.actions.map((action) => promelaAction(action, model, names))
  const collects = model.references.length > 0
  return sections([
    constants(model, names),
    variables(model, names),
    hiddenVariables(model, names),
    collection(model, names),
    [
      'active proctype model()',
      '{',
      ...(model.isDeadlockJudged ? [] : ['end:']),
      '  do',
      ...(collects
        ? [
            '  :: atomic {',
            '       if',
            ...indent(actions.flat(), 7),
            '       fi;',
            `       d_step { ${names.of('own', 'collect forgotten')}(); skip }`,
            '     }',
          ]
        : indent(actions.flat(), 2)),
      ...indent(rests(model, names), 2),
      ...indent(invariants(model, names), 2),
      '  od',
      '}',
    ],
  ])
}

/** Where stopping is intended, a step that changes nothing: what is left without a step is a deadlock. */
function rests(model: PreparedModel, names: Identifiers): readonly string[] {
  if (!model.isDeadlockJudged) return []
  const final = textOf(unroll(model.final, ['exists', 'forAll', 'count']), promelaStyle(model, names))
  return ['/* Stopping here is intended, so it is no deadlock. */', `:: d_step { (${final}) -> skip }`]
}

function invariants(model: PreparedModel, names: Identifiers): readonly string[] {
  const style = promelaStyle(model, names)
  return model.invariants.flatMap(({ property, holds }) => {
    const conjuncts = conjunctsOf(unroll(holds, ['exists', 'forAll', 'count']), style)
    return [
      `/* invariant: ${commentText(property.says)} */`,
      ':: d_step {',
      '     !(',
      // A line may not begin with an operator: SPIN takes the end of the one before for the end of a statement.
      ...conjuncts.map((conjunct, i) => `       ${conjunct}${i === conjuncts.length - 1 ? '' : ' &&'}`),
      `     ) -> assert(${names.of('property', property.name)})`,
      '   }',
    ]
  })
}
