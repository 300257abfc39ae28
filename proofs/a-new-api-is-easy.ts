import { claim } from '../src/judge/claim.ts'

export default claim({
  name: 'a-new-api-is-easy',
  says: 'A GILState API for several interpreters is easy to devise.',
  by: 'Pitrou',
  messages: [126333],
  quote: 'relatively easy to devise a new PyGILState API',
  kind: 'uncheckable',
  because: 'Ease is an opinion. What the new API then does is judged by the claims about two functions.',
})
