import { claim } from '../src/judge/claim.ts'
import { ensureSwapRelease } from '../src/model/clients/ensure-swap-release.ts'
import { switchInsideCallbackOnPythonThread } from './clients/switch-inside-callback-on-python-thread.ts'
import { pythonRunsOnWhatEnsureAttached } from './promises/python-runs-on-what-ensure-attached.ts'
import { oneThread } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'a-complaint-in-swap-is-enough',
  says: 'It is enough that PyThreadState_Swap complains about an unexpected gilstate_counter.',
  by: 'Coghlan',
  messages: [126406],
  quote: 'It may just be a matter of having ThreadState_Swap complain loudly',
  kind: 'checkable',
  formalisation:
    'A thread that swaps another thread state in inside a callback and does not swap back must be stopped before Python code runs on that thread state, whether an Ensure made its own thread state or Python did. Readings differ in whose counter is looked at; a counter above 1 is unexpected.',
  checks: [
    ...kept(ensureSwapRelease, pythonRunsOnWhatEnsureAttached, oneThread, {
      'coghlan.swap-complains': 'refuted',
      'coghlan.every-swap-complains': 'refuted',
      'coghlan.swap-complains-of-the-new': 'refuted',
      'coghlan.swap-complains-of-the-slot': 'refuted',
    }),
    ...kept(switchInsideCallbackOnPythonThread, pythonRunsOnWhatEnsureAttached, oneThread, {
      'coghlan.swap-complains': 'confirmed',
      'coghlan.every-swap-complains': 'confirmed',
      'coghlan.swap-complains-of-the-new': 'refuted',
      'coghlan.swap-complains-of-the-slot': 'confirmed',
    }),
  ],
})
