import { InternalError } from './diagnostic.ts'

/**
 * Closes a `switch` over a union: a member that is not handled does not compile. Throws an InternalError when a value from outside the type
 * system arrives all the same.
 */
export function assertNever(value: never): never {
  throw new InternalError('MC901', `no case handles ${JSON.stringify(value)}`)
}
