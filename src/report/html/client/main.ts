import type { PageData } from '../page-data.ts'
import { keepAddress, permalinkOf } from './address.ts'
import { Cards } from './cards.ts'
import { drawChart } from './chart.ts'
import { offerCopies } from './copying.ts'
import { elementOf } from './elements.ts'
import { listenToKeys } from './keyboard.ts'
import { Player } from './player.ts'
import { Position } from './position.ts'
import { followSteps } from './stepping.ts'
import { offerThemes } from './theme.ts'

const data: PageData = JSON.parse(elementOf('data').textContent ?? '')
const position = new Position(data.moments.length - 1)

drawChart(data)
const cards = new Cards(data)
cards.show(0)
position.onMove((now) => cards.show(now))
followSteps(position)

const moves: Readonly<Record<string, () => void>> = {
  first: () => position.moveTo(0),
  previous: () => position.moveTo(position.current - 1),
  next: () => position.moveTo(position.current + 1),
  violation: () => position.moveTo(position.last),
}
for (const [id, move] of Object.entries(moves)) elementOf(id).addEventListener('click', move)
elementOf('steps').addEventListener('click', (event) => {
  const item = event.target instanceof Element ? event.target.closest('.step') : null
  // A link goes by the address, and a text that is being selected is not a click.
  if (item === null || getSelection()?.isCollapsed === false) return
  position.moveTo(Number(item.id.replace('step-', '')))
})

listenToKeys(position, new Player(position))
offerCopies(() => permalinkOf(position.current, data.replayCode))
offerThemes()
for (const id of ['controls', 'legend', 'state']) elementOf(id).hidden = false
if (matchMedia('(max-width: 900px)').matches) elementOf('state').querySelector('details')?.removeAttribute('open')
keepAddress(position, data.replayCode)
