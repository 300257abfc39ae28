import type { BugReport, ReportName } from './bug-reports.ts'
import { bugReports } from './bug-reports.ts'
import { knownBugs } from './catalog.ts'
import type { BugVerdict } from './judge-known-bug.ts'
import { judgeKnownBug, turnsOf, versionsOf } from './judge-known-bug.ts'
import type { BugProgram, KnownBug } from './known-bug.ts'
import { outOfScope } from './out-of-scope.ts'
import { everywhere } from './profile-range.ts'

/** What the checker says of every version that a bug speaks of, by name. */
export type BugVerdicts = ReadonlyMap<string, BugVerdict>

/** The verdicts on a bug's program on every version, or on another program in its place, on those named. */
export async function verdictsOn(
  bug: KnownBug,
  instead?: { readonly program: BugProgram; readonly on: readonly string[] },
): Promise<BugVerdicts> {
  const verdicts = new Map<string, BugVerdict>()
  for (const version of versionsOf(bug)) {
    if (instead === undefined || instead.on.includes(version.name))
      verdicts.set(version.name, await judgeKnownBug(bug, version, instead?.program ?? bug.program))
  }
  return verdicts
}

/** What is expected of this version: the failure, or that it happens in no state. */
export function isExpectedOn({ affected, unreleased = {} }: KnownBug, version: string): 'found' | 'not found' {
  return affected.includes(version) || version in unreleased ? 'found' : 'not found'
}

const introduction = `# Known bugs

Documented bugs of CPython's thread-state API, and of programs that use it, as scenarios: one file per bug or family, listed by \`catalog.ts\`.
Each names what it was reported as, the program, the failure, and the profiles of releases that have it. The checker must find the failure
there within the number of threads of the report, and must see every reachable state of all other profiles without it. Where a bug comes or
goes, one decision of the release made the difference: the profile without the bug, with that decision of its neighbour, has it.

This page is written by \`npm run known-bugs:update\` from what the checker says; do not edit it by hand.`

const legend =
  '**✗** the failure is found · **–** it happens in no reachable state. A profile reaches to the next one. Numbers behind a bug lead to the notes below.'

/** The text of README.md, from the verdicts on every bug, by its name. */
export function knownBugsDocument(verdicts: ReadonlyMap<string, BugVerdicts>): string {
  const noted = knownBugs.filter((bug) => notesOf(bug).length > 0)
  return `${[
    introduction,
    `## Found on which releases\n\n${legend}`,
    tableOf(verdicts, noted),
    `## Notes\n\n${noted.map((bug, i) => `${i + 1}. **${bug.name}.** ${notesOf(bug).join(' ')}`).join('\n')}`,
    `## What goes wrong\n\n${knownBugs.map(({ name, says }) => `* **${name}.** ${says}`).join('\n')}`,
    `## Out of scope\n\nOf the ${Object.keys(bugReports).length} reports of the collection, ${outOfScope.length} are no scenario.`,
    outOfScope.map(({ report, because }) => `* ${linkTo(report)}, ${words(report)}: ${because}.`).join('\n'),
  ].join('\n\n')}\n`
}

function tableOf(verdicts: ReadonlyMap<string, BugVerdicts>, noted: readonly KnownBug[]): string {
  const rows = knownBugs.map((bug) => {
    const of = verdicts.get(bug.name)
    const note = noted.indexOf(bug)
    const title = `${bug.title}${note < 0 ? '' : ` <sup>${note + 1}</sup>`}`
    return [title, [...new Set(bug.covers.map(linkTo))].join(', '), ...everywhere.map((profile) => symbolOf(of?.get(profile)))]
  })
  const head = ['bug', 'reported as', ...everywhere]
  return [head, head.map((_, i) => (i < 2 ? '---' : ':-:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function symbolOf(verdict: BugVerdict | undefined): string {
  switch (verdict?.kind) {
    case 'found':
      return '✗'
    case 'not found':
      return '–'
    default:
      return '?'
  }
}

/** What there is to say about a bug's row. */
function notesOf(bug: KnownBug): readonly string[] {
  const { range, disagreesWithReport, repaired, build, unreleased } = bug
  const turns = turnsOf(bug).map(({ at, comes }) => `${comes ? 'Comes' : 'Goes'} with ${at}, by the decision \`${bug.turns?.[at]}\`.`)
  const others = Object.keys(unreleased ?? {}).map((name) => `\`${name}\``)
  return [
    ...turns,
    ...(build === undefined ? [] : ['In builds with `Py_DEBUG`.']),
    ...(range === undefined ? [] : [range]),
    ...(others.length === 0 ? [] : [`Found on ${others.join(', ')}, which no profile describes.`]),
    ...(disagreesWithReport === undefined ? [] : [`The report is contradicted: ${uncapitalized(disagreesWithReport)}`]),
    ...(repaired === undefined ? [] : [`Repaired: ${uncapitalized(repaired.says)} Then it is not found ${rangeOf(repaired.on)}.`]),
  ]
}

/** Proper names at the beginning keep their capitals. */
function uncapitalized(sentence: string): string {
  return /^[A-Z]?[a-z]+[ ,]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence
}

function rangeOf(profiles: readonly string[]): string {
  if (profiles.length === everywhere.length) return 'on any profile'
  return profiles.length === 1 ? `on ${profiles[0]}` : `from ${profiles[0]} on`
}

function linkTo(report: ReportName): string {
  const { label, url }: BugReport = bugReports[report]
  return `[${label}](${url})`
}

function words(report: ReportName): string {
  return report.replaceAll('-', ' ')
}
