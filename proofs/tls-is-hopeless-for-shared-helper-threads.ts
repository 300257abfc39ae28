import { claim } from '../src/judge/claim.ts'
import { helperThreadOfTwoInterpreters } from '../src/model/clients/helper-thread.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { hookOnSharedLibraryThread } from './clients/hook-on-library-thread.ts'
import { oneThread } from './support/bounds.ts'
import { broken } from './support/check.ts'

export default claim({
  name: 'tls-is-hopeless-for-shared-helper-threads',
  says: 'For a helper thread that several interpreters share, TLS is hopeless.',
  by: 'Pitrou',
  messages: [126354],
  quote: 'it becomes totally hopeless if those threads are actually *shared*',
  kind: 'checkable',
  formalisation:
    'A library calls back from its one helper thread into whichever interpreter is due, with the old pair: with no interpreter set, and with one that the embedder set beforehand. An extension that sets it for each callback is not meant: it is modified.',
  checks: [
    ...broken(helperThreadOfTwoInterpreters, runsInItsInterpreter, oneThread, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'confirmed',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
    ...broken(hookOnSharedLibraryThread, runsInItsInterpreter, oneThread, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'confirmed',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
  ],
})
