import type { Subject } from './subject.ts'

/** What a worker needs to know of a subject. */
export type SubjectLocation = Pick<Subject, 'how' | 'path' | 'home' | 'loader'>

export interface HarnessOptions {
  /** Blocks on pages of their own, so that every use after free is seen. Default: true. */
  readonly guard?: boolean
  /** Proves with /proc that a call blocks, where that can be read; otherwise only waits, and says so. Default: true. */
  readonly proveBlocking?: boolean
  /** Initializes Python once and forks it for every schedule; otherwise anew each time, which is slower. Default: true. */
  readonly forkInitialized?: boolean
  /** Where Python's compiled modules are kept from one start to the next, from 3.8 on. Default: where Python itself looks, read only. */
  readonly bytecodeFolder?: string
  /** Milliseconds after which a step that still runs is given up. Default: 2000. */
  readonly cap?: number
  /** Milliseconds after which a call counts as blocked if that cannot be proved. Default: 200. */
  readonly patience?: number
}

/**
 * The command that runs the harness on a subject, and all of its environment: variables such as PYTHONPATH or MALLOC_ARENA_MAX would change
 * what is observed.
 */
export function harnessCommand({ how, path, loader }: SubjectLocation, harness: string): HarnessCommand {
  if (how === 'preloaded executable') return { command: path, operands: [], environment: { LD_PRELOAD: harness, GILPROOF_HARNESS: '1' } }
  if (how === 'own loader' && loader !== undefined)
    return { command: loader.path, operands: ['--library-path', loader.libraryPath, harness], environment: {} }
  return { command: harness, operands: [], environment: {} }
}

interface HarnessCommand {
  readonly command: string
  readonly operands: readonly string[]
  readonly environment: Readonly<Record<string, string>>
}

/** The request that opens the subject (head of `requests.c`). */
export function encodeOptions({ how, path, home }: SubjectLocation, options: HarnessOptions): string {
  const fields: [string, string | number][] = [
    ['library', how === 'preloaded executable' ? '' : path],
    ['home', home ?? ''],
    ['guard', Number(options.guard ?? true)],
    ['exact', Number(options.proveBlocking ?? true)],
    ['fork', Number(options.forkInitialized ?? true)],
    ['bytecode', options.bytecodeFolder ?? ''],
    ['cap', options.cap ?? 2000],
    ['patience', options.patience ?? 200],
  ]
  return `${fields.map(([name, value]) => `${name}\t${value}\n`).join('')}open\n`
}
