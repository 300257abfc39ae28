import { elementOf } from './elements.ts'
import type { Position } from './position.ts'

/** Browsers refuse to write the address many times a second. */
const millisecondsUntilWritten = 200

/** Keeps "#step-12" in the address, and goes where an address says: "#step-12", or "#CODE/step-12" for this counterexample only. */
export function keepAddress(position: Position, replayCode: string): void {
  let timer: number | undefined
  const follow = (): void => {
    const found = /^#(?:(.*)\/)?step-(\d+)$/.exec(decoded(location.hash))
    if (found === null) return
    const [, code, step] = found
    const isOther = code !== undefined && code !== replayCode
    const notice = elementOf('notice')
    notice.textContent = isOther ? `This link is for another counterexample, ${code}; this page is of ${replayCode}.` : ''
    notice.hidden = !isOther
    if (isOther) return
    window.clearTimeout(timer)
    position.moveTo(Number(step))
    // The browser scrolls to "#step-12" itself, below the controls.
  }
  position.onMove((now) => {
    window.clearTimeout(timer)
    timer = window.setTimeout(() => history.replaceState(null, '', `#step-${now}`), millisecondsUntilWritten)
  })
  window.addEventListener('hashchange', follow)
  follow()
}

/** The address of a step that names the counterexample as well. */
export function permalinkOf(moment: number, replayCode: string): string {
  return `${location.href.replace(/#.*$/, '')}#${encodeURI(replayCode)}/step-${moment}`
}

function decoded(hash: string): string {
  try {
    return decodeURI(hash)
  } catch {
    return hash
  }
}
