import { claim } from '../src/judge/claim.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { callbackRegisteredWithGet } from './clients/callback-registered-with-get.ts'
import { oneThreadTwoRounds, twoThreads } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'the-interpreter-of-registration-is-the-right-one',
  says: 'A callback that keeps PyThreadState_Get()->interp when it is registered knows where to run.',
  by: 'Pitrou',
  messages: [126333],
  quote: 'you should call it with the interpreter which was in use when registering the callback',
  kind: 'checkable',
  formalisation:
    'The main thread, attached to a sub-interpreter, keeps the interpreter of the current thread state; a thread of a library passes it to EnsureEx. Registration happens with the GIL held; without it PyThreadState_Get answers for another thread, which the claim does not speak of.',
  checks: [
    ...kept(callbackRegisteredWithGet, runsInItsInterpreter, oneThreadTwoRounds, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'confirmed',
      'pitrou.keys-kept-apart': 'confirmed',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'confirmed',
    }),
    ...kept(callbackRegisteredWithGet, runsInItsInterpreter, twoThreads, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'confirmed',
      'pitrou.keys-kept-apart': 'confirmed',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'confirmed',
    }),
  ],
})
