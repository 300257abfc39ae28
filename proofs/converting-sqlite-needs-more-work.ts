import { claim } from '../src/judge/claim.ts'

export default claim({
  name: 'converting-sqlite-needs-more-work',
  says: 'Converting ctypes to the new calls is quick, converting sqlite takes more.',
  by: 'Pitrou',
  messages: [126335],
  quote: 'Converting sqlite would require a bit more work',
  kind: 'uncheckable',
  because: 'The amount of work in two extension modules is no property of runs.',
})
