import { Presets, SingleBar } from 'cli-progress'
import { describeDuration, now } from './clock.ts'
import type { Terminal } from './terminal.ts'

/** Tells how far a long run has come, on stderr. */
export interface Progress {
  /** So many of the things are done, with so many parts (states, steps) seen in all. */
  readonly advance: (done: number, states: number) => void
  readonly end: () => void
}

/** Milliseconds between two lines where nobody watches; a log must not fill up. */
const betweenLines = 10_000

/** What is counted. */
export interface Counted {
  readonly things: string
  readonly parts: string
}

const searches: Counted = { things: 'searches', parts: 'states' }

export function showProgress(terminal: Terminal, total: number, counted = searches): Progress {
  return terminal.isWatched ? bar(total, counted) : lines(terminal, total, counted)
}

function bar(total: number, { things, parts }: Counted): Progress {
  const format = `{bar} {value}/{total} ${things} | {states} ${parts} | {left} left`
  const shown = new SingleBar({ format, hideCursor: true, stream: process.stderr, clearOnComplete: true }, Presets.shades_classic)
  const started = now()
  shown.start(total, 0, { states: 0, left: '?' })
  return {
    advance: (done, states) => shown.update(done, { states: states.toLocaleString('en'), left: timeLeft(started, done, total) }),
    end: () => shown.stop(),
  }
}

function lines(terminal: Terminal, total: number, { things, parts }: Counted): Progress {
  const started = now()
  let last = started
  return {
    advance: (done, states) => {
      if (now() - last < betweenLines || done === total) return
      last = now()
      terminal.note(`${done} of ${total} ${things}, ${states.toLocaleString('en')} ${parts}, ${timeLeft(started, done, total)} left`)
    },
    end: () => undefined,
  }
}

/** By the average so far. */
function timeLeft(started: number, done: number, total: number): string {
  return done === 0 ? '?' : `about ${describeDuration(((now() - started) / done) * (total - done))}`
}
