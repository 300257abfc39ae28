import { availableParallelism } from 'node:os'
import type { Command } from 'commander'
import { countOption } from './counts.ts'

/** More would only wait for each other. */
const mostJobs = 256

export function addJobsOption(command: Command): Command {
  return command.option(
    '--jobs <number>',
    'searches at once; usual: as many as there are processors',
    countOption('--jobs', { smallest: 1, largest: mostJobs }),
  )
}

export function jobsOf({ jobs }: { readonly jobs?: number }): number {
  return jobs ?? availableParallelism()
}
