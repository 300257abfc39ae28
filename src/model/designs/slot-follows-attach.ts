import { policyOfProfile } from '../cpython/versions/releases.ts'
import type { Design } from './design.ts'

const before = policyOfProfile('3.11')
const released = policyOfProfile('3.12')

/** Pull request 101431 of CPython (2023), released with 3.12: what bpo-15751 had asked for since 2012. */
export const slotFollowsAttach: Design = {
  name: 'slot-follows-attach',
  title: 'CPython 3.12: the slot follows what is attached',
  by: 'Eric Snow, pull request 101431, released with CPython 3.12',
  says: 'No new function: the one GILState slot of a thread is pointed at whatever thread state the thread attaches, and stays there when it is detached.',
  readings: [
    { name: 'cpython-3.12', says: 'As released, together with a current thread state for each OS thread.', policy: released },
    {
      name: 'bound-only-when-made',
      says: 'As 3.11 had it: the slot is filled by the first thread state made in the thread, and attaching does not change it.',
      policy: before,
    },
    {
      name: 'attaching-refuses-the-attached',
      says: 'As 3.13 has it: attaching while attached is a fatal error instead of a wait for oneself.',
      policy: policyOfProfile('3.13'),
    },
  ],
  variations: [
    {
      name: 'bound-only-when-made-in-3.12',
      question: 'Does the slot have to follow, once each thread has its own current thread state?',
      says: 'Everything of 3.12 but that: the slot keeps the first thread state made in the thread.',
      policy: { ...released, slotIsBound: 'when-made' },
    },
  ],
  leftOut: [],
}
