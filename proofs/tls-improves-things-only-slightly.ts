import { claim } from '../src/judge/claim.ts'

export default claim({
  name: 'tls-improves-things-only-slightly',
  says: 'TLS would improve things slightly and internally.',
  by: 'Pitrou',
  messages: [126354],
  quote: 'rather than devise an internal hack to try to',
  kind: 'uncheckable',
  because: 'How much is slightly is an opinion. The matrix of reports shows which cells change.',
})
