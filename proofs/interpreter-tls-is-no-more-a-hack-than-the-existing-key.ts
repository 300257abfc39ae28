import { claim } from '../src/judge/claim.ts'

export default claim({
  name: 'interpreter-tls-is-no-more-a-hack-than-the-existing-key',
  says: 'TLS for the interpreter is no more a hack than TLS for the thread state.',
  by: 'Dumpleton',
  messages: [126357],
  quote: "why isn't that use of TLS a hack",
  kind: 'uncheckable',
  because: 'A question of taste, put as a question.',
})
