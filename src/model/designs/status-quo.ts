import { cpython32 } from '../cpython/versions/cpython-3-2.ts'
import type { Design } from './design.ts'

/** CPython 3.2.0 as released, which the debate is about: one TLS key, one interpreter for fresh threads. */
export const statusQuo: Design = {
  name: 'status-quo',
  title: 'Status quo: CPython 3.2',
  by: 'CPython 3.2.0, Python/pystate.c; described in msg126364 and msg126387',
  says: 'Each OS thread has one GILState slot, filled by the first thread state made in it. Ensure uses what is there, and makes a thread state in the main interpreter where nothing is.',
  readings: [{ name: 'cpython-3.2', says: 'The released code.', policy: cpython32 }],
  variations: [],
  leftOut: [],
}
