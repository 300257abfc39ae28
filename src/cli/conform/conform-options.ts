import { randomInt } from 'node:crypto'
import type { Command } from 'commander'
import type { LengthRange } from '../../conformance/sweep/draw-numbers.ts'
import { nearestName } from '../../foundation/nearest-name.ts'
import { profiles } from '../../model/cpython/versions/releases.ts'
import { countOption, refuse } from '../options/counts.ts'
import { addJobsOption } from '../options/jobs-option.ts'

export interface ConformFlags {
  readonly root?: readonly string[]
  readonly schedules?: number
  readonly length?: LengthRange
  readonly seed?: number
  readonly profile?: string
  readonly jobs?: number
  readonly save?: string
  readonly replay?: string
  readonly probes?: boolean
  readonly list?: boolean
  readonly writeReport?: boolean
  readonly json?: boolean
}

/** What `--profile` takes besides the names of profiles. */
export const nearest = 'nearest'

export const usualSchedules = 200
export const usualLength: LengthRange = { shortest: 10, longest: 20 }
export const usualFolder = 'gilproof-disagreements'

const largestSeed = 2 ** 31 - 1
/** The model has names for about so many results at once; longer schedules soon find nothing to do. */
const longest = 60

export function addConformOptions(command: Command): Command {
  command
    .option('--root <folder>', 'an unpacked system, such as a newer Debian, whose Pythons are taken as well; may be repeated', collect)
    .option(
      '--schedules <number>',
      `random schedules for each Python; usual: ${usualSchedules}`,
      countOption('--schedules', { smallest: 1, largest: 1e6 }),
    )
    .option('--length <steps>', `steps of a schedule, as "14"; usual: "${usualLength.shortest}-${usualLength.longest}"`, readLength)
    .option(
      '--seed <number>',
      'of the schedules; usual: another one each time',
      countOption('--seed', { smallest: 0, largest: largestSeed }),
    )
    .option('--profile <name>', `the release to compare with, or "${nearest}"; usual: by the version`)
    .option('--probes', 'only the schedules written by hand, no random ones')
    .option('--replay <file>', 'a saved schedule instead of random ones')
    .option('--save <folder>', `where the smallest schedule of each disagreement goes; usual: ${usualFolder}`)
    .option('--write-report', 'write reports/conformance.json')
    .option('--list', 'only list the Pythons that are found')
    .option('--json', 'print one JSON document')
  return addJobsOption(command)
}

/** Repeated rather than followed by several: what comes after it are Pythons. */
function collect(folder: string, before: readonly string[] = []): readonly string[] {
  return [...before, folder]
}

function readLength(text: string): LengthRange {
  const [, from = '', to = from] = /^(\d+)(?:-(\d+))?$/.exec(text.trim()) ?? []
  const range = { shortest: Number(from), longest: Number(to) }
  if (from !== '' && range.shortest >= 1 && range.shortest <= range.longest && range.longest <= longest) return range
  const message = `found "${text}"; expected a number of steps, or two as "10-20", from 1 to ${longest}`
  throw refuse({ code: 'MC607', message, place: ['--length'] })
}

/** Options that would be ignored are refused; so is a profile that nobody knows. */
export function checkConformFlags(flags: ConformFlags): void {
  const { profile, probes, replay, writeReport, list } = flags
  const modes = [
    ...(probes === true ? ['--probes'] : []),
    ...(replay === undefined ? [] : ['--replay']),
    ...(list === true ? ['--list'] : []),
    ...(writeReport === true ? ['--write-report'] : []),
  ]
  const [first, second] = modes
  if (first !== undefined && second !== undefined) {
    throw beside(second, `${first}; the report is of all schedules, and each of these runs some of them only`)
  }
  const ofOthers = [
    ...(first === undefined || first === '--write-report' ? [] : (['schedules', 'length', 'seed'] as const)),
    ...(list === true ? (['profile', 'jobs', 'save'] as const) : []),
    ...(replay === undefined ? [] : (['save'] as const)),
  ]
  const ignored = ofOthers.find((name) => flags[name] !== undefined)
  if (ignored !== undefined) throw beside(`--${ignored}`, `${first}, which has no use for it`)
  if (profile === undefined || profile === nearest || profiles.some(({ name }) => name === profile)) return
  const names = profiles.map(({ name }) => name)
  const meant = nearestName(profile, names)
  const message = `found "${profile}"; there are: ${names.join(', ')}`
  const hint = meant === undefined ? `"${nearest}" tries all of them.` : `Did you mean "${meant}"?`
  throw refuse({ code: 'MC711', message, hint, place: ['--profile'] })
}

function beside(option: string, what: string): Error {
  return refuse({ code: 'MC607', message: `found it beside ${what}`, hint: 'Leave one of them out.', place: [option] })
}

/** A seed that nobody has chosen; it is printed, so that the run can be had again. */
export function drawSeed(): number {
  return randomInt(largestSeed)
}
