import type { GuardedEnsure } from '../cpython/guards/guarded-ensure.ts'
import type { Policy } from '../cpython/policy.ts'
import { policyOfProfile } from '../cpython/versions/releases.ts'
import type { Design } from './design.ts'

const released = policyOfProfile('3.15')

/** CPython 3.14, which the revisions of 2025 were written on, with guards and this Ensure beside an unchanged old pair. */
function on314(change: Partial<GuardedEnsure>): Policy {
  const base = policyOfProfile('3.14')
  return { ...base, guards: true, guardedEnsure: { ...base.guardedEnsure, plainEnsureIsGuarded: false, fromView: 'absent', ...change } }
}

function on315(change: Partial<GuardedEnsure>): Policy {
  return { ...released, guardedEnsure: { ...released.guardedEnsure, ...change } }
}

/** Release() without an argument: the thread state knows what was attached before its first Ensure, and inner Releases change nothing. */
const withoutToken = { whatWasAttachedIsKept: 'in-the-thread-state', earlierRelease: 'returns' } as const

const firstRevision: Partial<GuardedEnsure> = { ...withoutToken, takesOverTheGuard: true, refusedGuard: 'is-fatal' }
const acceptedPseudoCode: Partial<GuardedEnsure> = {
  plainEnsureIsGuarded: false,
  remembered: 'of-any-interpreter',
  earlierRelease: 'returns',
  releaseToNothingDeletes: 'what-is-attached',
  releaseDeletes: 'before-swapping',
}

/** PEP 788 from its first revision to what 3.15 released; the revisions are commits of peps/pep-0788.rst in the repository of the PEPs. */
export const pep788: Design = {
  name: 'pep-788',
  title: 'PEP 788: guards, views, PyThreadState_Ensure',
  by: 'Peter Bierma, PEP 788, April 2025 to May 2026',
  says: 'A guard keeps an interpreter from finalizing; a view names one that may be gone. PyThreadState_Ensure attaches a thread state of the guarded interpreter, and Release goes back to what was attached.',
  readings: [
    {
      name: 'as-released',
      says: '3.15: Ensure returns an opaque token, which says what was attached; EnsureFromView leaves its guard to the thread state.',
      policy: released,
    },
    {
      name: 'first-revision',
      says: '2025-04-27 (764aba9f): PyInterpreterState_Hold counts references, failing is fatal; Ensure takes over the reference and makes the thread state non-daemon; Release has no argument.',
      policy: on314(firstRevision),
    },
    {
      name: 'references',
      says: '2025-05-28 (81424fc9): PyInterpreterRef and WeakRef; Ensure leaves the reference to its caller; Release has no argument, and puts back the remembered thread state too.',
      policy: on314({ ...withoutToken, slotAfterRelease: 'is-restored' }),
    },
    {
      name: 'thread-reference',
      says: '2025-07-09 (17c42997), with other names 2025-09-17 (89421e7d), as locks 2025-10-03 (32a36a1b) and guards 2025-10-14 (8fc07712): Ensure hands out the old thread state, and Release takes it.',
      policy: on314({ slotAfterRelease: 'is-restored' }),
    },
    {
      name: 'accepted-pseudo-code',
      says: '2026-04-09 (03944adf), accepted 2026-04-28: the C code in the text, taken to the letter. It attaches whatever the thread remembers, does not let go in an inner Release, and a Release to nothing deletes what is attached.',
      policy: on315(acceptedPseudoCode),
    },
    {
      name: 'reviewed-head',
      says: 'Pull request 149116 as reviewed on 2026-05-05: Ensure of a thread that is attached to the interpreter already returns the sentinel too.',
      policy: on315({ tokenWhileAttached: 'the-sentinel', earlierRelease: 'returns' }),
    },
  ],
  variations: [
    {
      name: 'accepted-prose',
      question: 'What if the sentences of the accepted text are followed, and not its C code?',
      says: 'As released, but PyGILState_Ensure takes no guard: the text leaves the old pair alone.',
      policy: on315({ plainEnsureIsGuarded: false }),
    },
    {
      name: 'accepted-guard-goes-with-the-returned',
      question: 'Whose guard is the one of EnsureFromView?',
      says: 'The C code of the accepted text gives it to what Ensure returned: the thread state that was attached before.',
      policy: on315({ ...acceptedPseudoCode, guardIsOwnedBy: 'the-returned-thread-state' }),
    },
    {
      name: 'first-revision-daemon-after-the-next-release',
      question: 'When does a thread state go back to being a daemon?',
      says: 'With the next Release, as the text says, whichever Ensure that one ends.',
      policy: on314({ ...firstRevision, ownedGuardIsClosedBy: 'the-next-release' }),
    },
    {
      name: 'references-without-the-remembered',
      question: 'What if Release puts back what was attached, and not the remembered thread state?',
      says: 'References as of 2025-05-28, and the slot stays as attaching left it.',
      policy: on314(withoutToken),
    },
    {
      name: 'released-with-the-remembered-put-back',
      question: 'What if the released Release put back the remembered thread state, as the texts of 2025 promise?',
      says: 'As released, and the last Release gives the slot what it held before Ensure.',
      policy: on315({ slotAfterRelease: 'is-restored' }),
    },
  ],
  leftOut: [
    {
      reading: 'interpreter ids as handles, without a reference',
      because: 'An id that is looked up and not held is pull request 130012 with one more step: see ensure-with-interpreter.',
    },
    {
      reading: 'references of PyInterpreterState pointers that nobody sees',
      because: 'Each pointer would be borrowed or held without saying so, which no program can be written against.',
    },
    {
      reading: 'PyThreadState_SetDaemon, called by the program',
      because:
        'It gives away, or takes, the reference that the first revision keeps in the thread state; no client we know of asks for it.',
    },
    { reading: 'PyStatus as a result', because: 'It differs from a null result only in its words.' },
    {
      reading: 'Activate and Deactivate with explicit thread states',
      because: 'Nothing is decided for the caller: PyThreadState_New, Swap and Delete of any release are that design.',
    },
  ],
}
