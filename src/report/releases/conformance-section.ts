import { escapeMarkdown, markdownTable } from '../markdown.ts'
import { counted } from '../sentence.ts'
import type { ConformanceFigures } from './releases-input.ts'

/** How far the model was compared with CPythons that ran; nothing where it was not. */
export function conformanceSection(figures: readonly ConformanceFigures[]): readonly string[] {
  if (figures.length === 0) return []
  const sum = (of: (each: ConformanceFigures) => number): number => figures.reduce((total, each) => total + of(each), 0)
  const disagreements = sum((each) => each.disagreements)
  const isTimed = figures.some(({ speed }) => speed !== undefined)
  const rows = figures.map((each) => [
    escapeMarkdown(each.subject),
    escapeMarkdown(each.version),
    escapeMarkdown(each.profile),
    number(each.schedules),
    number(each.steps),
    number(each.disagreements),
    number(each.inexact),
    `${number(each.covered)} of ${number(each.statements)}`,
    ...(isTimed ? [each.speed === undefined ? '' : number(each.speed.schedulesPerSecond)] : []),
  ])
  return [
    '## How far the model agrees with CPython',
    `The same sequences of calls were run by the model and by ${counted(figures.length, 'build')} of CPython, step by step: ${number(sum((each) => each.schedules))} sequences, ${number(sum((each) => each.steps))} steps, ${disagreements === 0 ? 'no disagreement' : counted(disagreements, 'disagreement')}. A step is inexact where that a thread blocks was waited for and not proved.`,
    markdownTable(
      [
        ...['build', 'version', 'compared with', 'sequences', 'steps', 'disagreements', 'inexact', 'statements of the model run'],
        ...(isTimed ? ['sequences per second'] : []),
      ],
      rows,
    ),
    ...speedLines(figures),
    ...uncoveredLines(figures),
  ]
}

/** What the speeds were measured on; nothing where none was. */
function speedLines(figures: readonly ConformanceFigures[]): readonly string[] {
  const processors = [...new Set(figures.flatMap(({ speed }) => (speed === undefined ? [] : [speed.processors])))].sort((a, b) => a - b)
  if (processors.length === 0) return []
  const machine = processors.map((count) => counted(count, 'processor')).join(' or ')
  return [
    `Sequences per second are by wall clock, from the start of a build's comparison to its end, what the model does for it included, on a machine with ${machine}.`,
  ]
}

/** What no sequence ran, each statement once. */
function uncoveredLines(figures: readonly ConformanceFigures[]): readonly string[] {
  const builds = new Map<string, { readonly because: string | undefined; readonly subjects: string[] }>()
  for (const { subject, uncovered } of figures) {
    for (const { statement, because } of uncovered) {
      const known = builds.get(statement) ?? { because, subjects: [] }
      known.subjects.push(subject)
      builds.set(statement, known)
    }
  }
  if (builds.size === 0) return []
  const rows = [...builds].map(([statement, { because, subjects }]) => [
    `\`${statement.replaceAll('`', "'")}\``,
    escapeMarkdown(subjects.length === figures.length ? 'all' : subjects.map((subject) => subject.replace('CPython ', '')).join(', ')),
    escapeMarkdown(because ?? 'it was not drawn'),
  ])
  return ['Statements of the model that no sequence ran, by function:', markdownTable(['statement', 'builds', 'why'], rows)]
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}
