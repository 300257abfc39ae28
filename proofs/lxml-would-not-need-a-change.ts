import { claim } from '../src/judge/claim.ts'

export default claim({
  name: 'lxml-would-not-need-a-change',
  says: 'With TLS common modules such as lxml would not need to change.',
  by: 'Dumpleton',
  messages: [126355],
  quote: 'a lot of the common stuff like lxml for example',
  kind: 'uncheckable',
  because:
    'A forecast about the sources of real modules. The shape of callback that lxml has is one of the clients, and other claims speak of it.',
})
