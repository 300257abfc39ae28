import { claim } from '../src/judge/claim.ts'
import { migratedEmbedder } from '../src/model/clients/mod-wsgi-pool.ts'
import { noFatalError } from '../src/properties/catalog/no-fatal-error.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThreadTwoRounds } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'extensions-need-no-change-when-the-embedder-sets-tls',
  says: 'When the embedder sets the interpreter for each request, extension modules with the old pair run where they should.',
  by: 'Dumpleton',
  messages: [126348],
  quote: 'no C extension modules using PyGILState_??? functions would need to change at all',
  kind: 'checkable',
  formalisation:
    'A pool that serves all interpreters calls PyInterpreterState_Swap before it attaches; the extension module is unmodified. It must run in its interpreter and not die. Threads that the embedder does not know of are another claim.',
  checks: [
    ...kept(migratedEmbedder, runsInItsInterpreter, oneThreadTwoRounds, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'refuted',
      'dumpleton-swap.foreign-slot-is-ignored': 'confirmed',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
    ...kept(migratedEmbedder, noFatalError, oneThreadTwoRounds, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'refuted',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
  ],
})
