import { claim } from '../src/judge/claim.ts'

export default claim({
  name: 'a-tls-override-can-come-later',
  says: 'Explicit calls now do not prevent a TLS override of the old pair later.',
  by: 'Coghlan',
  messages: [126351],
  quote: 'pursuing a TLS based override for the existing PyGILState functions later',
  kind: 'uncheckable',
  because:
    'A plan for later releases, not a behaviour of a design. A design with both is the second proposal of Dumpleton, which is judged.',
})
