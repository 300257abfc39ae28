import { claim } from '../src/judge/claim.ts'
import { noFatalError } from '../src/properties/catalog/no-fatal-error.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { hookOnLibraryThread } from './clients/hook-on-library-thread.ts'
import { oneThreadTwoRounds } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'tls-lets-an-embedder-place-library-threads',
  says: 'With TLS an embedder can place the threads of modules that know nothing of sub-interpreters.',
  by: 'Coghlan',
  messages: [126351],
  quote: 'tinker with the state of threads created by naive modules',
  kind: 'checkable',
  formalisation:
    'The embedder has a hook that runs on the thread before its first callback and sets the interpreter there; the module is unmodified. That such a hook exists is assumed, and denied in msg126354.',
  checks: [
    ...kept(hookOnLibraryThread, runsInItsInterpreter, oneThreadTwoRounds, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'confirmed',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
    ...kept(hookOnLibraryThread, noFatalError, oneThreadTwoRounds, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'confirmed',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
  ],
})
