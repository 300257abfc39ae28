import { elementOf, itemOf } from './elements.ts'
import type { Position } from './position.ts'

const wantsStillness = matchMedia('(prefers-reduced-motion: reduce)')

/** Marks the current step in the list, keeps it in sight, and says it to screen readers. */
export function followSteps(position: Position): void {
  const announcement = elementOf('announcement')
  const scrubber = elementOf('scrubber') as HTMLInputElement
  const counter = elementOf('position')
  const when = elementOf('state-when')
  const where = elementOf('where')
  const mark = (now: number): void => {
    itemOf(now).setAttribute('aria-current', 'step')
    counter.textContent = `${now} / ${position.last}`
    when.textContent = now === 0 ? 'before the first step' : `after step ${now}`
    where.textContent = itemOf(now).querySelector('.source')?.textContent ?? '\u00a0'
    scrubber.value = String(now)
    scrubber.setAttribute('aria-valuetext', now === 0 ? 'start' : `step ${now} of ${position.last}`)
  }
  mark(position.current)
  position.onMove((now, before) => {
    itemOf(before).removeAttribute('aria-current')
    mark(now)
    announcement.textContent = spoken(now, position.last)
    itemOf(now).scrollIntoView({ block: 'nearest', behavior: wantsStillness.matches ? 'instant' : 'smooth' })
  })
  scrubber.addEventListener('input', () => position.moveTo(scrubber.valueAsNumber))
}

/** "Step 3 of 10. thread 1, PyGILState_Ensure: makes a thread state. slot of thread 1: none → thread state 1". */
function spoken(moment: number, last: number): string {
  const parts = ['.who', '.says', '.changes', '.wrong'].map((selector) => {
    const part = itemOf(moment).querySelector(selector)
    const texts =
      selector === '.changes' && part !== null ? [...part.children].map(({ textContent }) => textContent).join('; ') : part?.textContent
    return (texts ?? '').replace(/\s+/g, ' ').trim()
  })
  return [moment === 0 ? 'Start' : `Step ${moment} of ${last}`, ...parts].filter((part) => part !== '').join('. ')
}
