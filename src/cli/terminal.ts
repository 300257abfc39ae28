import { Ansis } from 'ansis'

/** The kinds of words that may be coloured. */
export interface Palette {
  readonly good: (text: string) => string
  readonly bad: (text: string) => string
  readonly doubtful: (text: string) => string
  readonly strong: (text: string) => string
  readonly faint: (text: string) => string
}

/** Where a command prints. Results go to `print`, everything about the run itself to `note`: `--json` leaves nothing else on stdout. */
export interface Terminal {
  readonly print: (text: string) => void
  readonly note: (text: string) => void
  readonly palette: Palette
  /** Whether somebody watches stderr. */
  readonly isWatched: boolean
}

/** Colours only where stdout is a terminal; NO_COLOR and FORCE_COLOR are obeyed. */
export function openTerminal(): Terminal {
  return {
    print: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
    palette: paletteFor(wantsColours()),
    isWatched: process.stderr.isTTY === true,
  }
}

function wantsColours(): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused } = process.env
  if (refused !== undefined && refused !== '') return false
  if (forced !== undefined && forced !== '' && forced !== '0' && forced !== 'false') return true
  return process.stdout.isTTY === true && process.env['TERM'] !== 'dumb'
}

function paletteFor(coloured: boolean): Palette {
  const ansis = new Ansis(coloured ? 1 : 0)
  return { good: ansis.green, bad: ansis.red, doubtful: ansis.yellow, strong: ansis.bold, faint: ansis.dim }
}
