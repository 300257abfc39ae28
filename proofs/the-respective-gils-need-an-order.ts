import { claim } from '../src/judge/claim.ts'

export default claim({
  name: 'the-respective-gils-need-an-order',
  says: 'When a thread switches interpreters, the GILs of both must be acquired and released in the right order.',
  by: 'Coghlan',
  messages: [126400],
  quote: 'making sure the respective GILs are acquired and released in an appropriate order',
  kind: 'uncheckable',
  because: 'Withdrawn in msg126406 after msg126402: there is one GIL. No design of the debate has several.',
})
