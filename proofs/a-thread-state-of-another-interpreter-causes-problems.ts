import { claim } from '../src/judge/claim.ts'

export default claim({
  name: 'a-thread-state-of-another-interpreter-causes-problems',
  says: 'As soon as a thread state of one interpreter is used against another, problems occur.',
  by: 'Dumpleton',
  messages: [126387],
  quote: 'problems start occurring',
  kind: 'uncheckable',
  because:
    'The problems are in the modules and objects that Python code shares by mistake; the model has thread states, interpreters and the GIL, and no objects. That it is used so is what other claims check.',
})
