/** gilproof/properties: what can be claimed of a transition system. Runs in a browser. */
export type { ForbiddenTransition, Invariant, NoDeadlock, Property, Reachable } from './properties/language/property.ts'
export { validateProperty } from './properties/language/validate-property.ts'
export { variablesRead } from './properties/language/variables-read.ts'
