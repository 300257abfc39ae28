import { claim } from '../src/judge/claim.ts'
import { migratedEmbedder } from '../src/model/clients/mod-wsgi-pool.ts'
import { noFatalError } from '../src/properties/catalog/no-fatal-error.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { workerOfOneInterpreter } from './clients/worker-of-one-interpreter.ts'
import { oneThreadTwoRounds } from './support/bounds.ts'
import { broken, kept } from './support/check.ts'

export default claim({
  name: 'tls-works-only-if-a-thread-serves-one-interpreter',
  says: 'PyInterpreterState_Swap works only if a thread always serves the same sub-interpreter.',
  by: 'Pitrou',
  messages: [126349],
  quote: 'it will only work if a thread always serves the same',
  kind: 'checkable',
  formalisation:
    'The "if" half: a worker of one interpreter keeps running there. The "only" half: a worker that serves two in turn, setting the interpreter for each request, runs in the wrong one, or dies on the reading where that is what goes wrong first.',
  checks: [
    ...kept(workerOfOneInterpreter, runsInItsInterpreter, oneThreadTwoRounds, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'confirmed',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
    ...kept(workerOfOneInterpreter, noFatalError, oneThreadTwoRounds, {
      'dumpleton-swap.slot-per-interpreter': 'confirmed',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'confirmed',
      'dumpleton-swap.foreign-slot-is-replaced': 'confirmed',
      'dumpleton-swap.python-threads-set-it-too': 'confirmed',
    }),
    ...broken(migratedEmbedder, runsInItsInterpreter, oneThreadTwoRounds, {
      'dumpleton-swap.slot-per-interpreter': 'refuted',
      'dumpleton-swap.only-for-creation': 'confirmed',
      'dumpleton-swap.foreign-slot-is-ignored': 'refuted',
      'dumpleton-swap.foreign-slot-is-replaced': 'refuted',
      'dumpleton-swap.python-threads-set-it-too': 'refuted',
    }),
    ...broken(migratedEmbedder, noFatalError, oneThreadTwoRounds, { 'dumpleton-swap.foreign-slot-is-ignored': 'confirmed' }),
  ],
})
