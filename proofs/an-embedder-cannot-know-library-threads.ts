import { claim } from '../src/judge/claim.ts'

export default claim({
  name: 'an-embedder-cannot-know-library-threads',
  says: 'mod_wsgi cannot know that the threads of a library exist.',
  by: 'Pitrou',
  messages: [126354],
  quote: 'The question is how mod_wsgi could know about the existence of these',
  kind: 'uncheckable',
  because:
    'What hooks a library or an operating system offers is outside the API. What follows when there is one, and when there is none, is checked by other claims.',
})
