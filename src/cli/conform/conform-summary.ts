import { availableParallelism } from 'node:os'
import { releaseHasNo } from '../../conformance/predict/oracle.ts'
import { count } from '../finding-lines.ts'
import type { Palette } from '../terminal.ts'
import { disagreementLines, tableLines } from './conform-lines.ts'
import type { Shown, SubjectResult } from './conform-result.ts'
import { schedulesPerSecond, totalsOf } from './conform-result.ts'
import type { Work } from './conform-run.ts'

/** What a run is told about. */
export interface Told {
  readonly results: readonly SubjectResult[]
  readonly work: Work
  readonly wasInterrupted: boolean
}

/** Where the disagreements were saved. */
export type SavedFiles = ReadonlyMap<Shown, string>

/** What is printed for people: disagreements and races, then a table, then the verdict. */
export function summaryLines({ results, work, wasInterrupted }: Told, files: SavedFiles, palette: Palette): readonly string[] {
  const disagreements = results.reduce((sum, result) => sum + totalsOf(result).disagreements, 0)
  const seed = work.random === undefined ? '' : palette.faint(`  seed ${work.random.seed}`)
  const verdict = disagreements === 0 ? 'No disagreement.' : `${count(disagreements, 'disagreement')}.`
  return [
    ...results.flatMap((result) => subjectLines(result, files, palette)),
    ...skippedLines(results, work).map(palette.faint),
    ...tableLines(results, palette),
    palette.strong(`${wasInterrupted ? 'Interrupted, so only a part was compared. ' : ''}${verdict}`) + seed,
  ]
}

function subjectLines(result: SubjectResult, files: SavedFiles, palette: Palette): readonly string[] {
  const { subject, profile, because, disagreements, races } = result
  return [
    ...(because === undefined ? [] : [`${subject.name} is compared with ${profile.name}: ${because}.`]),
    ...disagreements.flatMap((shown) => {
      const file = files.get(shown)
      const again = file === undefined ? [] : [`      Again: gilproof conform --replay ${file}`]
      return [...disagreementLines(result, shown, palette), ...again, '']
    }),
    ...races.map(({ judged, title }) => {
      const step = (judged.disagreement?.step ?? 0) + 1
      return palette.doubtful(`${subject.name}, ${title}: a race, as its runs differ among themselves at step ${step} or later`)
    }),
  ]
}

/** Given schedules that were compared in part or not at all: those with the same reason in one line. Beside random ones only how many. */
function skippedLines(results: readonly SubjectResult[], { random }: Work): readonly string[] {
  const titles = new Map<string, Set<string>>()
  for (const { judged, title } of results.flatMap(({ skipped }) => skipped)) {
    const reason = judged.reason?.says ?? 'impossible'
    titles.set(reason, (titles.get(reason) ?? new Set()).add(title))
  }
  if (random !== undefined) {
    const inPart = [...titles].flatMap(([reason, names]) => (reason.startsWith(releaseHasNo) ? [] : [...names]))
    const those = count(new Set(inPart).size, 'schedule')
    return inPart.length === 0 ? [] : [`${those} written by hand could be compared only in part; --probes says which and why.`]
  }
  return [...titles].map(([reason, names]) => `Compared only as far as possible: ${reason} (${[...names].join(', ')})`)
}

/** What `--json` prints: the same for the same seed and machine, but for how fast it was. */
export function documentOf({ results, work, wasInterrupted }: Told, files: SavedFiles): unknown {
  return {
    ...(work.random === undefined ? {} : { seed: work.random.seed, length: work.random.length }),
    wasInterrupted,
    processors: availableParallelism(),
    subjects: results.map((result) => {
      const { disagreements: disagreeing, ...totals } = totalsOf(result)
      return {
        ...totals,
        schedulesPerSecond: schedulesPerSecond(result),
        disagreeing,
        subject: result.subject,
        profile: result.profile.name,
        because: result.because,
        disagreements: result.disagreements.map((shown) => ({
          found: shown.title,
          schedule: shown.judged.schedule,
          ...shown.judged.disagreement,
          file: files.get(shown),
        })),
        races: result.races.map(({ judged, title }) => ({ found: title, schedule: judged.schedule, step: judged.disagreement?.step })),
        skipped: result.skipped.map(({ judged, title }) => ({ name: title, ...judged.reason })),
      }
    }),
  }
}
