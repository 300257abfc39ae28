import { claim } from '../src/judge/claim.ts'
import { migratedOwnTlsWrapper } from '../src/model/clients/own-tls-wrapper.ts'
import { noFatalError } from '../src/properties/catalog/no-fatal-error.ts'
import { runsInItsInterpreter } from '../src/properties/catalog/runs-in-its-interpreter.ts'
import { oneThreadTwoRounds } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'explicit-calls-allow-an-embedders-own-tls',
  says: 'With EnsureEx an embedder can keep its own TLS location and have SWIG generate wrappers that look there.',
  by: 'Coghlan',
  messages: [126351],
  quote: 'to define its *own* TLS location for the interpreter',
  kind: 'checkable',
  formalisation:
    'Workers store the interpreter of each request in a variable of their own, and the wrapper passes what it finds to EnsureEx. It must run in the right interpreter and not die. Threads without a value in that location are another claim.',
  checks: [
    ...kept(migratedOwnTlsWrapper, runsInItsInterpreter, oneThreadTwoRounds, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'confirmed',
      'pitrou.keys-kept-apart': 'confirmed',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'confirmed',
    }),
    ...kept(migratedOwnTlsWrapper, noFatalError, oneThreadTwoRounds, {
      'pitrou.old-pair-means-main': 'confirmed',
      'pitrou.both-keys-written': 'confirmed',
      'pitrou.keys-kept-apart': 'confirmed',
      'pitrou.old-pair-means-main-and-swaps': 'confirmed',
      'pitrou.both-keys-written-and-swaps': 'confirmed',
    }),
  ],
})
