import type { Claim } from '../src/judge/claim.ts'

/** Every claim of the debate, in the order of its messages. */
export const claims: readonly Claim[] = []
