import type { Command } from 'commander'
import { probes } from '../../conformance/probes/catalog.ts'
import type { Subject } from '../../conformance/subject/subject.ts'
import { describeDiagnostic } from '../../foundation/diagnostic.ts'
import { stableJson } from '../../foundation/stable-json.ts'
import { chooseSubjects } from '../conform/choose-subjects.ts'
import { describeReason } from '../conform/conform-lines.ts'
import type { ConformFlags } from '../conform/conform-options.ts'
import { addConformOptions, checkConformFlags, drawSeed, usualFolder, usualLength, usualSchedules } from '../conform/conform-options.ts'
import type { Shown, SubjectResult } from '../conform/conform-result.ts'
import type { Work } from '../conform/conform-run.ts'
import { runConformance } from '../conform/conform-run.ts'
import type { Told } from '../conform/conform-summary.ts'
import { documentOf, summaryLines } from '../conform/conform-summary.ts'
import { writeConformanceReport } from '../conform/conformance-report.ts'
import type { SavedSchedule } from '../conform/schedule-file.ts'
import { readSchedule, saveSchedule } from '../conform/schedule-file.ts'
import type { ExitStatus } from '../exit-status.ts'
import { exitStatus } from '../exit-status.ts'
import type { Interruption } from '../interruption.ts'
import { listenForInterruption } from '../interruption.ts'
import { refuse } from '../options/counts.ts'
import { jobsOf } from '../options/jobs-option.ts'
import type { Terminal } from '../terminal.ts'
import type { Finish } from './command.ts'

const examples = `
Examples:
  $ gilproof conform                                 all of it, on every Python of this machine
  $ gilproof conform --list                          which Pythons those are
  $ gilproof conform /usr/bin/python3 --schedules 2000 --seed 7
  $ gilproof conform --root ./debian-sid --probes    only the schedules written by hand, on the Pythons of an unpacked system too
  $ gilproof conform ./libpython3.16.so --profile nearest
  $ gilproof conform --replay gilproof-disagreements/cpython-3.11.7-0a1b2c3d.json

A schedule says which thread makes which call, one at a time. Some were written by hand, for what they show; the others are random. Each is run on the real libpython and in the model of its release, and after
every step all is compared: what the call returned or whether it blocks, who came back, what each thread has attached and in its slot, every
thread state with its counter, every GIL. What disagrees is run again: where the runs differ among themselves it is a race of CPython's own.

Exit status: 0 they agree, 1 they disagree, 2 bad usage or input, 3 the run was interrupted, 70 bug.`

export function conformCommand(program: Command, terminal: Terminal, finish: Finish): void {
  const command = program
    .command('conform')
    .summary('compare the model with real Pythons, step by step')
    .description('Runs schedules on real libpythons and in the model of their release, and compares after every step.')
    .argument('[python...]', 'executables, libpythons or roots of unpacked systems; usual: all that are found')
  addConformOptions(command)
    .addHelpText('after', examples)
    .action(async (paths: readonly string[], flags: ConformFlags) => finish(await runConform(terminal, paths, flags)))
}

async function runConform(terminal: Terminal, paths: readonly string[], flags: ConformFlags): Promise<ExitStatus> {
  checkConformFlags(flags)
  const saved = flags.replay === undefined ? undefined : readSchedule(flags.replay)
  const interruption = listenForInterruption(terminal)
  try {
    const subjects = await subjectsOf(terminal, paths, flags, saved, interruption)
    if (subjects === undefined) return exitStatus.undecided
    if (flags.list === true) return listSubjects(terminal, subjects, flags)
    const work = workOf(flags, saved)
    const profile = flags.profile ?? (paths.length === 0 ? saved?.profile : undefined)
    const results = await runConformance(terminal, subjects, { work, jobs: jobsOf(flags), profile, signal: interruption.signal })
    if (saved !== undefined) refuseImpossible(results, flags.replay ?? '')
    return await tell(terminal, { results, work, wasInterrupted: interruption.signal.aborted }, flags)
  } finally {
    interruption.end()
  }
}

/** Undefined when interrupted. */
async function subjectsOf(
  terminal: Terminal,
  paths: readonly string[],
  { root = [] }: ConformFlags,
  saved: SavedSchedule | undefined,
  { signal }: Interruption,
): Promise<readonly Subject[] | undefined> {
  const chosen = paths.length === 0 && root.length === 0 && saved?.python !== undefined ? [saved.python] : paths
  try {
    return await chooseSubjects({
      paths: chosen,
      roots: root,
      signal,
      onUnusable: (diagnostic) => terminal.note(terminal.palette.faint(`Left out: ${describeDiagnostic(diagnostic)}`)),
    })
  } catch (error) {
    if (signal.aborted) return undefined
    throw error
  }
}

function listSubjects({ print, palette }: Terminal, subjects: readonly Subject[], { json }: ConformFlags): ExitStatus {
  if (json === true) print(stableJson(subjects, 2))
  else for (const { name, how, path } of subjects) print(`${palette.strong(name)}  ${path}${palette.faint(`  ${how}`)}`)
  return exitStatus.asExpected
}

function workOf(flags: ConformFlags, saved: SavedSchedule | undefined): Work {
  if (saved !== undefined) return { given: [{ name: flags.replay ?? '', schedule: saved.schedule }] }
  if (flags.probes === true) return { given: probes }
  const { schedules = usualSchedules, length = usualLength, seed = drawSeed() } = flags
  return { given: probes, random: { schedules, length, seed } }
}

/** A schedule of the user's must be one that the model can follow; a probe may be for other releases. */
function refuseImpossible(results: readonly SubjectResult[], path: string): void {
  const [impossible] = results.flatMap(({ skipped, profile }) => skipped.map(({ judged }) => ({ judged, profile })))
  if (impossible === undefined) return
  const { judged, profile } = impossible
  const hint = 'Operands are results of earlier steps, main, "main thread state", NULL, current, PyGILState_LOCKED or PyGILState_UNLOCKED.'
  throw refuse({ code: 'MC712', message: `${describeReason(judged)}, in the model of ${profile.name}`, hint, place: [path] })
}

async function tell(terminal: Terminal, told: Told, flags: ConformFlags): Promise<ExitStatus> {
  const files = flags.replay === undefined ? await saveAll(told, flags.save ?? usualFolder) : new Map<Shown, string>()
  if (flags.json === true) terminal.print(stableJson(documentOf(told, files), 2))
  else for (const line of summaryLines(told, files, terminal.palette)) terminal.print(line)
  if (flags.writeReport === true) terminal.note(await writeReport(told))
  if (told.results.some(({ disagreements }) => disagreements.length > 0)) return exitStatus.violated
  return told.wasInterrupted ? exitStatus.undecided : exitStatus.asExpected
}

async function saveAll({ results }: Told, folder: string): Promise<ReadonlyMap<Shown, string>> {
  const files = new Map<Shown, string>()
  for (const result of results) {
    for (const shown of result.disagreements) files.set(shown, await saveSchedule(folder, result, shown))
  }
  return files
}

/** Returns what became of it. */
async function writeReport({ results, work, wasInterrupted }: Told): Promise<string> {
  if (wasInterrupted || work.random === undefined) return 'No report is written: the run was interrupted.'
  return `Written: ${await writeConformanceReport(results, work.random.seed)}`
}
