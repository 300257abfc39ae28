import { elementOf } from './elements.ts'
import type { Position } from './position.ts'

const millisecondsPerStep = 1000

/** Plays the steps one after the other; from the start where it stands at the end. Any move by hand is kept, and playing goes on from there. */
export class Player {
  readonly #position: Position
  readonly #button = elementOf('play')
  #timer: number | undefined

  constructor(position: Position) {
    this.#position = position
    this.#button.addEventListener('click', () => this.toggle())
    position.onMove((now) => {
      if (now === position.last) this.#pause()
    })
  }

  toggle(): void {
    if (this.#timer !== undefined) this.#pause()
    else this.#play()
  }

  #play(): void {
    if (this.#position.current === this.#position.last) this.#position.moveTo(0)
    this.#timer = window.setInterval(() => this.#position.moveTo(this.#position.current + 1), millisecondsPerStep)
    this.#button.textContent = 'Pause'
  }

  #pause(): void {
    window.clearInterval(this.#timer)
    this.#timer = undefined
    this.#button.textContent = 'Play'
  }
}
