import { claim } from '../src/judge/claim.ts'

export default claim({
  name: 'same-thread-callbacks-are-the-bulk-of-use',
  says: 'Most callbacks come on the thread that called out of Python.',
  by: 'Dumpleton',
  messages: [126355],
  quote: 'The bulk of use cases is going to be simple callbacks',
  kind: 'uncheckable',
  because: 'How often programs do what is a matter of surveys; runs of a model do not say.',
})
