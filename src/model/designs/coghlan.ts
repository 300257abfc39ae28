import type { Policy, SwapComplaint } from '../cpython/policy.ts'
import { cpython32 } from '../cpython/versions/cpython-3-2.ts'
import type { Design } from './design.ts'

/** EnsureEx overrides the interpreter of a fresh thread state, nothing else. */
const ownerIsUsed: Policy = { ...cpython32, ensureExLooksIn: 'thread-slot' }

const complaint = (change: Partial<Extract<SwapComplaint, { kind: 'fatal' }>> = {}): SwapComplaint => ({
  kind: 'fatal',
  counterOf: 'old-thread-state',
  mostExpected: 1,
  internalCallsToo: false,
  ...change,
})

/** Nick Coghlan, msg126364; restated in msg126400; the counter check in msg126406. */
export const coghlan: Design = {
  name: 'coghlan',
  title: 'Coghlan: EnsureEx over the single slot',
  by: 'Nick Coghlan, msg126364, msg126400 and msg126406',
  says: 'EnsureEx is used "solely as a way to override autoInterpreterState"; the one TLS key is left alone "so that a given OS level thread can only be owned by one interpreter at a time". Release takes no argument.',
  readings: [
    {
      name: 'owner-is-used',
      says: 'A thread that has a thread state runs in its interpreter, whatever EnsureEx was asked for.',
      policy: ownerIsUsed,
    },
    {
      name: 'another-owner-is-fatal',
      says: 'EnsureEx for another interpreter than the one that owns the thread is a fatal error.',
      policy: { ...ownerIsUsed, foreignInterpreterInSlot: 'is-fatal' },
    },
    {
      name: 'swap-complains',
      says: 'As the first, and PyThreadState_Swap called by the program is fatal while the old thread state has Ensures open.',
      policy: { ...ownerIsUsed, swapComplains: complaint() },
    },
    {
      name: 'every-swap-complains',
      says: 'As the third, and the swaps inside SaveThread, RestoreThread and the eval loop complain too.',
      policy: { ...ownerIsUsed, swapComplains: complaint({ internalCallsToo: true }) },
    },
  ],
  variations: [
    {
      name: 'swap-complains-of-the-new',
      question: 'Whose gilstate_counter is looked at?',
      says: 'That of the thread state swapped in.',
      policy: { ...ownerIsUsed, swapComplains: complaint({ counterOf: 'new-thread-state' }) },
    },
    {
      name: 'swap-complains-of-the-slot',
      question: 'Whose gilstate_counter is looked at?',
      says: "That of the thread state in the thread's slot.",
      policy: { ...ownerIsUsed, swapComplains: complaint({ counterOf: 'slot-thread-state' }) },
    },
    {
      name: 'swap-complains-of-any-ensure',
      question: 'Which values of the counter are known?',
      says: 'Only 0.',
      policy: { ...ownerIsUsed, swapComplains: complaint({ mostExpected: 0 }) },
    },
    {
      name: 'ensure-ex-swaps',
      question: 'What if EnsureEx is called while attached elsewhere?',
      says: 'It swaps, and Release swaps back.',
      policy: { ...ownerIsUsed, ensureExWhileAttachedElsewhere: 'swaps' },
    },
  ],
  leftOut: [
    {
      reading: 'EnsureEx for another interpreter fails with an error value',
      because: 'PyGILState_STATE has no value for failure, and unmodified callers do not look.',
    },
    { reading: 'the "respective GILs" are acquired in order', because: 'Withdrawn in msg126406: there is one GIL (msg126402).' },
  ],
}
