import { claim } from '../src/judge/claim.ts'
import { migratedFreshThread } from '../src/model/clients/callback-from-fresh-thread.ts'
import { migratedOwnTlsWrapperOnFreshThread } from '../src/model/clients/own-tls-wrapper.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThread, oneThreadTwoRounds } from './support/bounds.ts'
import { broken, kept } from './support/check.ts'

export default claim({
  name: 'only-the-extension-can-tell-the-interpreter',
  says: 'For an arbitrary thread only the extension module knows the interpreter; the embedder does not.',
  by: 'Pitrou',
  messages: [126354],
  quote: 'only the extension module can safely tell',
  kind: 'checkable',
  formalisation:
    "On a thread of a library, a wrapper that asks the embedder's own TLS finds nothing and runs in the wrong interpreter; a wrapper that kept the interpreter at registration runs in the right one.",
  checks: [
    ...broken(migratedOwnTlsWrapperOnFreshThread, runsInItsInterpreter, oneThread, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'confirmed',
      'pitrou.keys-kept-apart': 'confirmed',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'confirmed',
    }),
    ...kept(migratedFreshThread, runsInItsInterpreter, oneThreadTwoRounds, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'confirmed',
      'pitrou.keys-kept-apart': 'confirmed',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'confirmed',
    }),
  ],
})
