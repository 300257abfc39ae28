import { totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { usualLargest } from './models/catalog.ts'

export interface BenchOptions {
  readonly rounds: number
  readonly largest: number
  readonly seconds: number
  readonly bytes: number
  readonly minutes: number
  /** Only models, and only tools, whose name contains one of these; empty: all. */
  readonly models: readonly string[]
  readonly tools: readonly string[]
  readonly output: string | undefined
  readonly redraw: boolean
}

const gigabyte = 2 ** 30
/** Of all memory, what one search may have. */
const share = 0.6

const usual = { rounds: 3, seconds: 120, memory: Math.floor((totalmem() * share) / gigabyte), minutes: 15 }

export const help = `Compares gilproof with SPIN and Rumur on the same models, and writes RESULTS.md, scaling.svg and results.json.

    npm run bench -- [options]

  --rounds N     how often the tools take turns on each model; usual: ${usual.rounds}
  --largest N    threads of the small GIL, at most; usual: ${usualLargest}
  --seconds N    a search that would take longer is estimated, not made, and stopped if it takes longer all the same; usual: ${usual.seconds}
  --memory N     the same for memory, in gigabytes; usual: ${usual.memory}, ${100 * share} in 100 of what this machine has
  --minutes N    after so long no round is begun but the first; usual: ${usual.minutes}
  --model TEXT   only models whose name contains this; may be repeated
  --tool TEXT    only tools whose name contains this; may be repeated
  --output DIR   where to write; usual: bench. With --model or --tool nothing is written unless it is given
  --redraw       search nothing; draw page and picture from the results.json that is there
  --help

It needs spin, rumur, gcc and GNU time; the machine should do nothing else. Exit status: 0 compared, 1 not, for example as two tools count
differently, 2 bad usage.`

export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Undefined where only help is asked for. */
export function optionsOf(args: readonly string[]): BenchOptions | undefined {
  const text = { type: 'string' } as const
  const { values } = parse(() =>
    parseArgs({
      args: [...args],
      options: {
        rounds: text,
        largest: text,
        seconds: text,
        memory: text,
        minutes: text,
        output: text,
        model: { type: 'string', multiple: true },
        tool: { type: 'string', multiple: true },
        redraw: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }),
  )
  if (values.help === true) return undefined
  const { model: models = [], tool: tools = [] } = values
  return {
    rounds: countOf('--rounds', values.rounds, usual.rounds),
    largest: countOf('--largest', values.largest, usualLargest),
    seconds: countOf('--seconds', values.seconds, usual.seconds),
    bytes: countOf('--memory', values.memory, usual.memory) * gigabyte,
    minutes: countOf('--minutes', values.minutes, usual.minutes),
    models,
    tools,
    output: values.output ?? (models.length + tools.length === 0 ? 'bench' : undefined),
    redraw: values.redraw ?? false,
  }
}

function parse<Parsed>(run: () => Parsed): Parsed {
  try {
    return run()
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function countOf(option: string, text: string | undefined, usually: number): number {
  const value = text === undefined ? usually : Number(text)
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new UsageError(`${option} is "${text}"; expected a whole number of at least 1.`)
}
