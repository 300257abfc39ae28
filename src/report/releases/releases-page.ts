import { describeCellBounds } from '../cell-bounds.ts'
import { legend, summarySymbol } from '../cell-symbol.ts'
import { escapeMarkdown, inlineCode, link, markdownTable, prose } from '../markdown.ts'
import type { PromiseText } from '../report-input.ts'
import { counted, enumerated } from '../sentence.ts'
import { conformanceSection } from './conformance-section.ts'
import { changeSections, changesOf, titleOf } from './release-changes.ts'
import type { Appearance, ReleaseIndex } from './release-index.ts'
import type { ReleaseText } from './releases-input.ts'

/** The report of the releases, for a reader who knows CPython and has never seen a model checker; ends with a newline. */
export function releasesPageText(index: ReleaseIndex): string {
  const { promises, newest } = index.input
  const isNew = ({ name }: PromiseText): boolean => newest.has(name)
  return `${[
    '# What each release of CPython keeps and breaks',
    scope(index),
    '## In short',
    shortly(index),
    '## The releases',
    releaseTable(index),
    '## Promises and releases',
    `A number counts the programs that break the promise; it leads to the trace of one of them, the shortest. ${legend}.`,
    promiseTable(
      index,
      promises.filter((promise) => !isNew(promise)),
    ),
    '## Which program breaks which promise',
    'Releases in a row that break the same promise for the same program share one trace: that of the first of them.',
    appearanceTable(index),
    '## Programs and releases',
    'A number counts the promises that the program sees broken.',
    clientTable(index),
    '## What changed from release to release',
    'Only cells that both releases have: a call that is new breaks nothing that was kept before. A repaired cell leads to the trace of the first release that had it broken.',
    changeSections(index),
    ...newestSection(index, promises.filter(isNew)),
    ...conformanceSection(index.input.conformance),
    '## How to read it, and how to reproduce it',
    howToReproduce,
  ].join('\n\n')}\n`
}

function scope({ input }: ReleaseIndex): string {
  const { releases, clients, promises, bounds, findings } = input
  const undecided = findings.filter(({ status }) => status === 'undecided').length
  const searched =
    undecided === 0 ? 'Every search was exhaustive.' : `${counted(undecided, 'cell')} are undecided: the search hit a limit first.`
  const first = releases[0]?.short ?? ''
  const last = releases.at(-1)?.short ?? ''
  return [
    `CPython ${first} to ${last} fall into ${releases.length} groups that behave alike as far as threads, thread states and interpreters go. Each was put before`,
    `${counted(clients.length, 'program')} that use the C API as somebody does, or as the documentation allows, and ${counted(promises.length, 'promise')} of the documentation were`,
    `checked in **every** interleaving of their threads (${describeCellBounds(bounds)}). ${searched} What was searched is a model of each release, written from its C code; a trace`,
    'names the C functions, so that it can be held against them. Release builds only: debug builds are judged by name, such as `gilproof check --design cpython-3.12.debug`.',
  ].join('\n')
}

function shortly(index: ReleaseIndex): string {
  const { promises, releases } = index.input
  const last = releases.length - 1
  const isBroken = (promise: PromiseText, position: number): boolean => index.brokenIn(position, { promise: promise.name }).length > 0
  const isAsked = (promise: PromiseText): boolean =>
    releases.some((release) =>
      index.findingsOf(release, { promise: promise.name }).some(({ status }) => status === 'safe' || status === 'violated'),
    )
  const named = (found: readonly PromiseText[]): string => enumerated(found.map(({ name }) => inlineCode(name)))
  const asked = promises.filter(isAsked)
  const always = asked.filter((promise) => releases.every((_, position) => isBroken(promise, position)))
  const never = asked.filter((promise) => releases.every((_, position) => !isBroken(promise, position)))
  const repaired = asked.filter((promise) => !isBroken(promise, last) && !never.includes(promise))
  const anew = asked.filter((promise) => isBroken(promise, last) && !isBroken(promise, 0))
  const newest = releases[last]?.short ?? ''
  const oldest = releases[0]?.short ?? ''
  const items = [
    ...(never.length === 0 ? [] : [`**Kept by every release**, for every program: ${named(never)}.`]),
    ...(always.length === 0 ? [] : [`**Broken by every release**, for some program: ${named(always)}.`]),
    ...(repaired.length === 0 ? [] : [`**Broken once, and kept by ${newest}**: ${named(repaired)}.`]),
    ...(anew.length === 0 ? [] : [`**Not broken by ${oldest}, and broken by ${newest}**: ${named(anew)}.`]),
    ...changesOf(index)
      .filter(({ breaks, repairs }) => breaks.length + repairs.length > 0)
      .map(
        ({ before, release, breaks, repairs }) =>
          `**${before.short} → ${release.short}** repairs ${programs(repairs)} and breaks ${programs(breaks)}.`,
      ),
  ]
  return items.map((item) => `* ${item}`).join('\n')
}

/** "3 cells of 2 programs", "nothing". */
function programs(appearances: readonly Appearance[]): string {
  if (appearances.length === 0) return 'nothing'
  const clients = new Set(appearances.map(({ client }) => client.name)).size
  return `${counted(appearances.length, 'cell')} of ${counted(clients, 'program')}`
}

function releaseTable({ input }: ReleaseIndex): string {
  const rows = input.releases.map(({ short, versions, says }) => [short, versions, prose(says)])
  return markdownTable(['group', 'versions', 'what is new in it'], rows)
}

export function promiseTable(index: ReleaseIndex, promises: readonly PromiseText[]): string {
  const { releases } = index.input
  const rows = promises.map(({ name, says }) => [
    `${inlineCode(name)}<br>${prose(says)}`,
    ...releases.map((release, position) =>
      linked(index, position, { promise: name }, summarySymbol(index.findingsOf(release, { promise: name }))),
    ),
  ])
  return markdownTable(['promise', ...releases.map(shortOf)], rows)
}

function clientTable(index: ReleaseIndex): string {
  const { clients, releases } = index.input
  const rows = clients.map((client) => [
    titleOf(client),
    ...releases.map((release, position) =>
      linked(index, position, { client: client.name }, summarySymbol(index.findingsOf(release, { client: client.name }))),
    ),
  ])
  return markdownTable(['program', ...releases.map(shortOf)], rows)
}

/** The symbol, with a link to the shortest trace where something is broken. */
function linked(
  index: ReleaseIndex,
  position: number,
  of: { readonly client?: string; readonly promise?: string },
  symbol: string,
): string {
  const [shortest] = index.brokenIn(position, of)
  return shortest === undefined ? symbol : link(symbol, index.pageOf(shortest))
}

function appearanceTable(index: ReleaseIndex): string {
  const { promises, clients } = index.input
  const rows = promises.flatMap((promise) =>
    clients.flatMap((client) => {
      const own = index.appearances.filter((each) => each.promise === promise && each.client === client)
      return own.length === 0 ? [] : [[inlineCode(promise.name), titleOf(client), own.map((each) => spanOf(index, each)).join(', ')]]
    }),
  )
  return rows.length === 0 ? 'None breaks any.' : markdownTable(['promise', 'program', 'broken in'], rows)
}

/** "3.2 to 3.11", linked. */
function spanOf(index: ReleaseIndex, appearance: Appearance): string {
  const { releases } = index.input
  const first = releases[appearance.first]?.short ?? ''
  const last = releases[appearance.last]?.short ?? ''
  return link(first === last ? first : `${first} to ${last}`, index.pageOf(appearance))
}

/** The promises that came with the newest API, which only programs that use it can see broken. */
function newestSection(index: ReleaseIndex, promises: readonly PromiseText[]): readonly string[] {
  if (promises.length === 0) return []
  const rows = promises.map((promise) => [
    `${inlineCode(promise.name)}<br>${prose(promise.says)}`,
    prose(promise.promisedBy),
    holdsWhere(index, promise),
  ])
  return [
    '## What PEP 788 and its documentation promise, and where it holds',
    'Guards, views and `PyThreadState_Ensure` came with 3.15; what they promise can only be asked where they are. What is promised of calls that there were before is asked of every release.',
    markdownTable(['promise', 'promised by', 'holds'], rows),
  ]
}

function holdsWhere(index: ReleaseIndex, { name }: PromiseText): string {
  const { releases } = index.input
  const of = (isMeant: (symbols: ReadonlySet<string>) => boolean): readonly ReleaseText[] =>
    releases.filter((release) => isMeant(new Set(index.findingsOf(release, { promise: name }).map(({ status }) => status))))
  const broken = of((statuses) => statuses.has('violated'))
  const open = of((statuses) => !statuses.has('violated') && statuses.has('undecided'))
  const kept = of((statuses) => !statuses.has('violated') && !statuses.has('undecided') && statuses.has('safe'))
  const spans = (found: readonly ReleaseText[]): string =>
    found
      .map((release) => {
        const [shortest] = index.brokenIn(releases.indexOf(release), { promise: name })
        return shortest === undefined ? release.short : link(release.short, index.pageOf(shortest))
      })
      .join(', ')
  const parts = [
    ...(kept.length === 0 ? [] : [`✅ ${spans(kept)}`]),
    ...(broken.length === 0 ? [] : [`❌ ${spans(broken)}`]),
    ...(open.length === 0 ? [] : [`❔ ${spans(open)}`]),
  ]
  return parts.length === 0 ? '▫️ nowhere asked' : parts.join('<br>')
}

function shortOf({ short }: ReleaseText): string {
  return escapeMarkdown(short)
}

const howToReproduce = [
  'A trace is a shortest one: no run of the model with fewer steps breaks the promise. Between two of its steps another thread may run. **Safe** means that *all* states that the',
  'threads can reach in these bounds were visited; it says nothing about more threads or longer runs. Nothing is assumed about who runs next: a thread may wait for as long as you like.',
  '',
  '`gilproof prove --releases` judges all of it anew and writes these pages, byte for byte; `gilproof compare cpython-3.11 cpython-3.12` tells what two releases differ in;',
  '`gilproof replay CODE` runs one trace again, and every page ends with its code. releases.json has every cell in one line, with a digest of the model it was found on.',
].join('\n')
