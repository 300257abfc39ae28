import { guardedEnsureOf315 } from '../../src/model/cpython/guards/guarded-ensure.ts'
import type { Policy } from '../../src/model/cpython/policy.ts'

/** A profile with one mistake, such as a decision of another release: comparing it with a libpython has to show it. */
export interface Mutant {
  readonly name: string
  /** The profile, and the libpythons that it speaks about. */
  readonly profile: string
  readonly change: Partial<Policy>
}

function mutant(profile: string, name: string, change: Partial<Policy>): Mutant {
  return { name: `${profile} ${name}`, profile, change }
}

/**
 * Mistakes that the calls of the machine can show; scripts/conform-mutants.ts sees that each is caught. What no settled state shows is not
 * here: a key that is set only when absent, since no call sets it twice; whom a waiting thread asks for the GIL; whether a switch is waited
 * for; the counter of a thread state before its thread has run; the GIL after finalization, which nothing that is left can take.
 *
 * The first of each profile is caught soon: tests run those.
 */
export const mutants: readonly Mutant[] = [
  mutant('2.7', 'has the words of 3.9', { messages: 'of-3.9' }),
  mutant('2.7', 'minds that nothing is locked', { dropOfUnlockedGil: 'is-fatal' }),
  mutant('2.7', 'has PyGILState_Check', { check: 'compares' }),
  mutant('3.6', 'moves the slot when it attaches', { slotIsBound: 'when-attached' }),
  mutant('3.6', 'compares in PyGILState_Check for ever', { check: 'compares' }),
  mutant('3.7', 'moves the slot when it attaches', { slotIsBound: 'when-attached' }),
  mutant('3.7', 'leaves sub-interpreters when it finalizes', { subInterpretersAtFinalization: 'are-left' }),
  mutant('3.7', 'calls no atexit callback at the end of an interpreter', { endInterpreterCallsAtexit: false }),
  mutant('3.7', 'uses the memory of a first thread state only once', { firstThreadStateIsReused: false }),
  mutant('3.8', 'has the words of 3.9', { messages: 'of-3.9' }),
  mutant('3.8', 'does not notice late threads that acquire', { lateThreadIsNoticed: 'in-restore-and-loop' }),
  mutant('3.9', 'moves the slot when it attaches', { slotIsBound: 'when-attached' }),
  mutant('3.9', 'uses the memory of a first thread state only once', { firstThreadStateIsReused: false }),
  mutant('3.9', 'has the words of 3.12', { messages: 'of-3.12' }),
  mutant('3.9', 'does not notice late threads in take_gil', { lateThreadIsNoticed: 'in-restore' }),
  mutant('3.9', 'frees other thread states with their interpreter', { otherThreadStatesAreFreed: 'with-the-interpreter' }),
  mutant('3.11', 'has a current thread state for each thread', { currentThreadState: 'of-the-thread' }),
  mutant('3.11', 'uses the memory of a first thread state again', { firstThreadStateIsReused: true }),
  mutant('3.11', 'has the words of 3.2', { messages: 'of-3.2' }),
  mutant('3.11', 'lets late threads sleep', { lateThread: 'hangs' }),
  mutant('3.11', 'releases what is current', { releaseUses: 'current-thread-state' }),
  mutant('3.12', 'moves the slot only when a thread state is made', { slotIsBound: 'when-made' }),
  mutant('3.12', 'takes no GIL in Swap', { attaching: 'takes-and-swaps' }),
  mutant('3.12', 'refuses a thread that is attached', { attaching: 'attaches' }),
  mutant('3.12', 'uses the memory of a first thread state again', { firstThreadStateIsReused: true }),
  mutant('3.12', 'keeps the GIL when an interpreter is deleted', { interpreterDeletion: 'clears-the-current' }),
  mutant('3.13', 'does not refuse a thread that is attached', { attaching: 'swap-takes' }),
  mutant('3.13', 'uses the memory of a first thread state only once', { firstThreadStateIsReused: false }),
  mutant('3.13', 'moves the slot only when a thread state is made', { slotIsBound: 'when-made' }),
  mutant('3.13', 'lets late threads sleep', { lateThread: 'hangs' }),
  mutant('3.13', 'says no after finalization', { check: 'needs-a-thread-state' }),
  mutant('3.13.8', 'ends late threads', { lateThread: 'exits' }),
  mutant('3.14', 'minds other thread states at the end of an interpreter', { otherThreadStatesAtEnd: 'are-fatal' }),
  mutant('3.14', 'minds sub-interpreters when it finalizes', { subInterpretersAtFinalization: 'are-fatal' }),
  mutant('3.15', 'restores the slot in Release', {
    guardedEnsure: { ...guardedEnsureOf315, slotAfterRelease: 'is-restored' },
  }),
  mutant('3.15', 'attaches what is remembered of any interpreter', {
    guardedEnsure: { ...guardedEnsureOf315, remembered: 'of-any-interpreter' },
  }),
  mutant('3.15', 'takes slots away with the runtime', { slotsVanish: 'with-the-runtime' }),
]
