/** gilproof/model: transition systems as data, and the typed way to write one. Runs in a browser. */
export { type Checked, type Diagnostic, DiagnosticError } from './foundation/diagnostic.ts'
export type { Action, ActionEvent, Assignment, Telling } from './model/language/action.ts'
export {
  type ActionOptions,
  action,
  actor,
  add,
  after,
  allocation,
  and,
  assign,
  conditional,
  count,
  equal,
  event,
  exists,
  type Formula,
  falsehood,
  forAll,
  fresh,
  happens,
  implies,
  integer,
  isNone,
  less,
  literal,
  member,
  none,
  not,
  or,
  type Place,
  subtract,
  type Term,
  truth,
  unequal,
  type VariableHandle,
  type VariableOptions,
  variable,
} from './model/language/builder.ts'
export {
  boolean,
  type Domain,
  describeValue,
  enumeration,
  orNone,
  range,
  type Sort,
  scalarset,
  type TypedDomain,
} from './model/language/domain.ts'
export type { Expression } from './model/language/expression.ts'
export { printSystem } from './model/language/print.ts'
export { type SourceAnchor, sourceFile } from './model/language/source-anchor.ts'
export type { Allocation, TransitionSystem } from './model/language/transition-system.ts'
export { validateSystem } from './model/language/validate.ts'
export type { Variable } from './model/language/variable.ts'
