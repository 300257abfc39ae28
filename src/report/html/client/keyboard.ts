import type { Player } from './player.ts'
import type { Position } from './position.ts'

/** Keys move through the steps, except where the focus is on something that has a use for them itself. */
export function listenToKeys(position: Position, player: Player): void {
  const moves: Readonly<Record<string, () => void>> = {
    ArrowRight: () => position.moveTo(position.current + 1),
    ArrowDown: () => position.moveTo(position.current + 1),
    j: () => position.moveTo(position.current + 1),
    ArrowLeft: () => position.moveTo(position.current - 1),
    ArrowUp: () => position.moveTo(position.current - 1),
    k: () => position.moveTo(position.current - 1),
    Home: () => position.moveTo(0),
    End: () => position.moveTo(position.last),
    ' ': () => player.toggle(),
  }
  document.addEventListener('keydown', (event) => {
    const { key, target } = event
    const move = moves[key]
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey || hasUseFor(target, key)) return
    event.preventDefault()
    move()
  })
}

function hasUseFor(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false
  if (key === ' ') return target.closest('button, input, summary, pre, [tabindex="0"]') !== null
  return key.length > 1 && target.closest('input, pre, [tabindex="0"]') !== null
}
