import type { Shard } from '../../gate/shard.ts'
import type { BoundsFlags } from '../options/bounds-options.ts'
import { refuse } from '../options/counts.ts'
import type { SearchFlags } from '../options/search-options.ts'

export interface GateFlags extends BoundsFlags, Pick<SearchFlags, 'maxStates' | 'maxSeconds' | 'maxMemory'> {
  readonly init?: boolean
  readonly update?: boolean
  readonly module?: readonly string[]
  readonly design?: readonly string[]
  readonly client?: readonly string[]
  readonly property?: readonly string[]
  readonly allowUndecided?: boolean
  readonly strictTraces?: boolean
  /** A folder, or false for none. */
  readonly cache?: string | boolean
  readonly shard?: Shard
  readonly merge?: readonly string[]
  readonly budget?: Budget
  readonly jobs?: number
  readonly json?: boolean
  readonly markdown?: string
  readonly sarif?: string
  readonly junit?: string
}

/** How long a run may take, with the words it was asked for in. */
export interface Budget {
  readonly milliseconds: number
  readonly says: string
}

const millisecondsOf: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 }

/** "90s", "5m", "1.5h". */
export function parseBudget(text: string): Budget {
  const [, amount, unit = ''] = /^(\d{1,6}(?:\.\d{1,3})?)([smh])$/.exec(text) ?? []
  const milliseconds = Number(amount) * (millisecondsOf[unit] ?? 0)
  if (milliseconds > 0) return { milliseconds, says: text }
  const message = `found "${text}"; expected a time such as 90s, 5m or 1.5h`
  throw refuse({ code: 'MC607', message, place: ['--budget'] })
}

/** What only a first manifest is made from: later it says itself what it covers. */
const ofInit = [
  'module',
  'design',
  'client',
  'property',
  'threads',
  'interpreters',
  'rounds',
  'maxStates',
  'maxSeconds',
  'maxMemory',
  'allowUndecided',
] as const

const ofJudging = ['shard', 'budget', 'cache', 'jobs'] as const

/** An option that would be ignored is refused. */
export function refuseIdleFlags(flags: GateFlags, makesFirst: boolean): void {
  const { init = false, update = false, merge } = flags
  if (init && update) throw idle('--init', 'stands beside --update', 'Leave one of them out: --init makes the first manifest.')
  if (merge !== undefined && (init || update)) throw idle('--merge', 'stands beside --update', 'Run "gilproof gate --update" by itself.')
  if (merge !== undefined) for (const name of ofJudging) refuseIdle(flags, name, 'stands beside --merge, which judges nothing')
  if (init || update) {
    for (const name of ['shard', 'strictTraces'] as const) refuseIdle(flags, name, 'stands beside --update, which records everything')
  }
  if (!makesFirst) for (const name of ofInit) refuseIdle(flags, name, 'is for --init; the manifest says what it covers')
}

function refuseIdle(flags: GateFlags, name: keyof GateFlags, message: string): void {
  // `--no-cache` is there as true unless it was given.
  const isGiven = name === 'cache' ? flags.cache !== undefined && flags.cache !== true : flags[name] !== undefined
  const option = `--${name === 'cache' && flags.cache === false ? 'no-cache' : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
  if (isGiven) throw idle(option, message, 'Leave it out, or change the manifest and run "gilproof gate --update".')
}

function idle(option: string, message: string, hint: string): Error {
  return refuse({ code: 'MC607', message: `it ${message}`, hint, place: [option] })
}
