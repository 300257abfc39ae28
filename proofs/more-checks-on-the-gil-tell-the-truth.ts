import { claim } from '../src/judge/claim.ts'
import { checkTellsTheTruth } from '../src/properties/catalog/check-tells-the-truth.ts'
import { asksCheck } from './clients/asks-check.ts'
import { mainInterpreterAlone, oneThread } from './support/bounds.ts'
import { kept } from './support/check.ts'

export default claim({
  name: 'more-checks-on-the-gil-tell-the-truth',
  says: 'The checks that were added find out whether the caller holds the GIL.',
  by: 'Stinner',
  messages: [261778],
  quote: 'Add more checks on the GIL',
  kind: 'checkable',
  formalisation:
    'PyGILState_Check must say what is so, attached, detached and in a callback, with the main interpreter alone and with a sub-interpreter. The changeset promises no more than checks; that they are to be true is common sense.',
  checks: [
    ...kept(asksCheck, checkTellsTheTruth, mainInterpreterAlone, { 'changesets.gil-is-checked': 'confirmed' }),
    ...kept(asksCheck, checkTellsTheTruth, oneThread, { 'changesets.gil-is-checked': 'refuted' }),
  ],
})
