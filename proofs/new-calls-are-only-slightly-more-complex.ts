import { claim } from '../src/judge/claim.ts'

export default claim({
  name: 'new-calls-are-only-slightly-more-complex',
  says: 'The new calls are slightly more complex, and whoever minds that has himself to blame.',
  by: 'Pitrou',
  messages: [126363],
  quote: 'they are slightly more complex',
  kind: 'uncheckable',
  because: 'An opinion about effort and about whose it is.',
})
