import { claim } from '../src/judge/claim.ts'

export default claim({
  name: 'shared-objects-forbid-a-gil-per-interpreter',
  says: 'One GIL per interpreter is impossible because interpreters share objects.',
  by: 'Pitrou',
  messages: [126402],
  quote: 'some objects are shared and their reference counts',
  kind: 'uncheckable',
  because: 'The model has no objects, and no design of the debate has a GIL per interpreter.',
})
