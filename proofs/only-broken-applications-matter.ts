import { claim } from '../src/judge/claim.ts'

export default claim({
  name: 'only-broken-applications-matter',
  says: 'Work on several interpreters is pointless unless applications that are broken now get better.',
  by: 'Coghlan',
  messages: [126364],
  quote: "There's no point improving the multiple interpreter support",
  kind: 'uncheckable',
  because: 'It says what is worth doing. Which clients are broken now is another claim.',
})
