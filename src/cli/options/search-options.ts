import type { Command } from 'commander'
import { Option } from 'commander'
import type { Engine, Search } from '../../checker/check-options.ts'
import type { SearchLimits } from '../../checker/search-limits.ts'
import { mostStates } from '../../checker/search-limits.ts'
import { countOption, refuse } from './counts.ts'

export interface SearchFlags {
  readonly engine: Engine
  readonly search: 'breadth-first' | 'random-walk'
  readonly seed?: number
  readonly walks?: number
  readonly depth?: number
  readonly maxStates?: number
  readonly maxSeconds?: number
  readonly maxMemory?: number
  readonly merge: boolean
  readonly symmetry?: boolean
  readonly workers?: number
}

const bytesPerMegabyte = 2 ** 20
const usualWalk = { seed: 1, walks: 1_000, depth: 1_000 }

/** How a search goes; `limitsOnly` leaves out what only one search at a time can use. */
export function addSearchOptions(command: Command): Command {
  return addLimitOptions(
    command
      .addOption(
        new Option('--engine <name>', 'generated code (both kinds, or one of them), or its slow twin by the reference semantics')
          .choices(['generated', 'javascript', 'webassembly', 'reference'])
          .default('generated'),
      )
      .addOption(
        new Option('--search <name>', 'every state, or random walks, which find violations and never show that anything holds')
          .choices(['breadth-first', 'random-walk'])
          .default('breadth-first'),
      )
      .option(
        '--seed <number>',
        `of random walks (usual: ${usualWalk.seed})`,
        countOption('--seed', { smallest: -(2 ** 31), largest: 2 ** 31 - 1 }),
      )
      .option('--walks <number>', `random walks (usual: ${usualWalk.walks})`, countOption('--walks', { smallest: 1, largest: 1e9 }))
      .option(
        '--depth <number>',
        `most steps of a walk (usual: ${usualWalk.depth}), or of a breadth-first search (usual: no limit)`,
        countOption('--depth', { smallest: 1, largest: 1e6 }),
      )
      .option(
        '--workers <number>',
        'threads of this machine that explore one large model together, with the same result (usual: 1)',
        countOption('--workers', { smallest: 1, largest: 64 }),
      )
      .option(
        '--symmetry',
        'explore threads that do the same in one order only: the same verdicts, up to N! times fewer states for N threads',
      )
      .option('--no-merge', 'search the model step by step, without merging steps that nobody else can see'),
  )
}

export function addLimitOptions(command: Command): Command {
  return command
    .option(
      '--max-states <number>',
      'states a search may store; then its cells are undecided',
      countOption('--max-states', { smallest: 1, largest: mostStates }),
    )
    .option('--max-seconds <number>', 'time a search may take', countOption('--max-seconds', { smallest: 1, largest: 1e6 }))
    .option(
      '--max-memory <megabytes>',
      'memory the states of a search may take',
      countOption('--max-memory', { smallest: 1, largest: 1e6 }),
    )
}

export function limitsOf({ maxStates, maxSeconds, maxMemory }: Pick<SearchFlags, 'maxStates' | 'maxSeconds' | 'maxMemory'>): SearchLimits {
  return {
    ...(maxStates === undefined ? {} : { states: maxStates }),
    ...(maxSeconds === undefined ? {} : { time: maxSeconds * 1000 }),
    ...(maxMemory === undefined ? {} : { memory: maxMemory * bytesPerMegabyte }),
  }
}

/** The search and its limits. An option that the search would ignore is refused. */
export function searchOf(flags: SearchFlags): { readonly search: Search; readonly limits: SearchLimits } {
  const { search, seed, walks, depth } = flags
  const limits = limitsOf(flags)
  if (search === 'random-walk') {
    return {
      search: { kind: 'random-walk', seed: seed ?? usualWalk.seed, walks: walks ?? usualWalk.walks, depth: depth ?? usualWalk.depth },
      limits,
    }
  }
  for (const [option, value] of [
    ['--seed', seed],
    ['--walks', walks],
  ] as const) {
    if (value === undefined) continue
    const message = `found ${value}; a breadth-first search has no walks and draws nothing`
    throw refuse({ code: 'MC607', message, hint: 'Leave it out, or add --search random-walk.', place: [option] })
  }
  return { search: { kind: 'breadth-first' }, limits: depth === undefined ? limits : { ...limits, depth } }
}
