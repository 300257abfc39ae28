import { claim } from '../src/judge/claim.ts'

export default claim({
  name: 'interpreter-swap-is-an-ugly-hack',
  says: 'Setting the interpreter in TLS is an ugly way not to pass it as an argument.',
  by: 'Pitrou',
  messages: [126349],
  quote: 'That sounds like an ugly hack',
  kind: 'uncheckable',
  because: 'A matter of taste. What the two ways do is judged by other claims.',
})
