import { claim } from '../src/judge/claim.ts'
import { ensureSwapBackRelease } from '../src/model/clients/ensure-swap-release.ts'
import { swigCallbackOnPythonThread } from '../src/model/clients/swig-callback.ts'
import { noFatalError } from '../src/properties/catalog/no-fatal-error.ts'
import { switchBackInsideCallbackOnPythonThread } from './clients/switch-inside-callback-on-python-thread.ts'
import { oneThread, twoThreads } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'a-complaint-in-swap-harms-no-legal-program',
  says: 'There are values of gilstate_counter that a swap knows how to handle: legal programs are not complained about.',
  by: 'Coghlan',
  messages: [126406],
  quote: "isn't set to a value it knows how to handle",
  kind: 'checkable',
  formalisation:
    'Programs that are right on 3.2 must not die: switching interpreter inside a callback and back, on a foreign thread and on one that Python started, and two threads with plain callbacks. Included is the variation that knows only the value 0.',
  checks: [
    ...kept(switchBackInsideCallbackOnPythonThread, noFatalError, oneThread, {
      'status-quo.cpython-3.2': 'confirmed',
      'coghlan.swap-complains': 'refuted',
      'coghlan.every-swap-complains': 'refuted',
      'coghlan.swap-complains-of-the-new': 'refuted',
      'coghlan.swap-complains-of-the-slot': 'refuted',
      'coghlan.swap-complains-of-any-ensure': 'refuted',
    }),
    ...kept(ensureSwapBackRelease, noFatalError, oneThread, {
      'status-quo.cpython-3.2': 'confirmed',
      'coghlan.swap-complains': 'confirmed',
      'coghlan.every-swap-complains': 'confirmed',
      'coghlan.swap-complains-of-the-new': 'confirmed',
      'coghlan.swap-complains-of-the-slot': 'confirmed',
      'coghlan.swap-complains-of-any-ensure': 'refuted',
    }),
    ...kept(swigCallbackOnPythonThread, noFatalError, twoThreads, {
      'status-quo.cpython-3.2': 'confirmed',
      'coghlan.swap-complains': 'confirmed',
      'coghlan.every-swap-complains': 'refuted',
      'coghlan.swap-complains-of-the-new': 'confirmed',
      'coghlan.swap-complains-of-the-slot': 'confirmed',
      'coghlan.swap-complains-of-any-ensure': 'refuted',
    }),
  ],
})
