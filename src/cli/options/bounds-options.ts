import type { Command } from 'commander'
import type { Bounds } from '../../model/cpython/bounds.ts'
import { largestBounds } from '../../model/cpython/bounds.ts'
import { countOption } from './counts.ts'

export interface BoundsFlags {
  readonly threads?: number
  readonly interpreters?: number
  readonly rounds?: number
}

/** Adds --threads, --interpreters and --rounds to a command. */
export function addBoundsOptions(command: Command, usual: Bounds): Command {
  const option = (name: keyof Bounds, says: string): void => {
    const read = countOption(`--${name}`, { smallest: 1, largest: largestBounds[name], code: 'MC603' })
    command.option(`--${name} <number>`, `${says}, at most ${largestBounds[name]} (usual: ${usual[name]})`, read)
  }
  option('threads', 'OS threads that act, beside the main thread')
  option('interpreters', 'interpreters, the main one counted')
  option('rounds', 'how often each loop of a client goes round')
  return command
}

export function boundsOf(flags: BoundsFlags, usual: Bounds): Bounds {
  return {
    threads: flags.threads ?? usual.threads,
    interpreters: flags.interpreters ?? usual.interpreters,
    rounds: flags.rounds ?? usual.rounds,
  }
}

export function sameBounds(left: Bounds, right: Bounds): boolean {
  return left.threads === right.threads && left.interpreters === right.interpreters && left.rounds === right.rounds
}
