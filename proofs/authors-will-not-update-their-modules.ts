import { claim } from '../src/judge/claim.ts'

export default claim({
  name: 'authors-will-not-update-their-modules',
  says: 'Authors will never change their modules for sub-interpreters.',
  by: 'Dumpleton',
  messages: [126357],
  quote: 'you will never see people update their code',
  kind: 'uncheckable',
  because: 'It speaks of what people will do.',
})
