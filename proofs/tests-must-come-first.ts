import { claim } from '../src/judge/claim.ts'

export default claim({
  name: 'tests-must-come-first',
  says: 'Nothing should change here before tests say what works.',
  by: 'Coghlan',
  messages: [126400],
  quote: 'until we have some unit tests to properly define',
  kind: 'uncheckable',
  because: 'Advice about how to work.',
})
