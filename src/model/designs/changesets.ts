import { cpython32 } from '../cpython/versions/cpython-3-2.ts'
import type { Design } from './design.ts'

/** The two changesets the thread records, by Victor Stinner: msg206041 (3.4) and msg261778 (3.6). Neither decides the debate. */
export const changesets: Design = {
  name: 'changesets',
  title: 'The two changesets recorded in the thread',
  by: 'Victor Stinner, msg206041 and msg261778',
  says: 'What was in fact committed with a reference to the issue, on top of 3.2.',
  readings: [
    {
      name: 'key-is-always-set',
      says: '5d078b0bae75: PyThread_set_key_value always sets the value, and noting a thread state tests before (3.4).',
      policy: { ...cpython32, keyIsSet: 'always-after-a-test' },
    },
    {
      name: 'gil-is-checked',
      says: 'e590c632c9fa: PyGILState_Check is used for more checks, and always true once a sub-interpreter was made (3.6).',
      policy: { ...cpython32, keyIsSet: 'always-after-a-test', check: 'enabled-until-sub-interpreter' },
    },
  ],
  variations: [],
  leftOut: [],
}
