import { describeCellBounds } from '../cell-bounds.ts'
import { legend, summarySymbol } from '../cell-symbol.ts'
import { escapeMarkdown, inlineCode, link, markdownTable, prose } from '../markdown.ts'
import type { PromiseText } from '../report-input.ts'
import { counted, enumerated } from '../sentence.ts'
import { conformanceSection } from './conformance-section.ts'
import { newestSection } from './newest-section.ts'
import { changeSections, changesOf, titleOf } from './release-changes.ts'
import type { Appearance, ReleaseIndex } from './release-index.ts'
import type { Standing } from './release-standing.ts'
import { fairFindings, linked, standingOf } from './release-standing.ts'
import type { ReleaseText } from './releases-input.ts'

/** The report of the releases, for a reader who knows CPython and has never seen a model checker; ends with a newline. */
export function releasesPageText(index: ReleaseIndex): string {
  const { promises, newest } = index.input
  return `${[
    '# What each release of CPython keeps and breaks',
    scope(index),
    '## In short',
    shortly(index),
    '## The releases',
    releaseTable(index),
    '## Promises and releases',
    `A number counts the programs that see the promise broken; it leads to the trace of one of them, the shortest. In brackets: programs that break a documented rule themselves. ${legend}.`,
    promiseTable(
      index,
      promises.filter(({ name }) => !newest.own.has(name)),
    ),
    '## Which program breaks which promise',
    'Releases in a row that break the same promise for the same program share one trace: that of the first of them.',
    appearanceTable(index),
    '## Programs and releases',
    'A number counts the promises that the program sees broken.',
    clientTable(index),
    '## What changed from release to release',
    'Only cells that both releases have and that could be decided: a call that is new breaks nothing that was kept before. A repaired cell leads to the trace of the first release that had it broken.',
    changeSections(index),
    ...newestSection(index),
    ...conformanceSection(index.input.conformance),
    '## How to read it, and how to reproduce it',
    howToReproduce,
  ].join('\n\n')}\n`
}

function scope({ input }: ReleaseIndex): string {
  const { releases, clients, promises, bounds, findings } = input
  const wrong = clients.filter(({ kind }) => kind === 'wrong').length
  const undecided = findings.filter(({ status }) => status === 'undecided').length
  const searched =
    undecided === 0
      ? 'Every search was exhaustive.'
      : `${counted(undecided, 'cell')} are undecided: the search hit a limit first, and found no violation so far.`
  const first = releases[0]?.short ?? ''
  const last = releases.at(-1)?.short ?? ''
  return [
    `CPython ${first} to ${last} fall into ${releases.length} groups that behave alike as far as threads, thread states and interpreters go. Each was put before`,
    `${counted(clients.length, 'program')} that use the C API as somebody does (${wrong} of them break a documented rule, and say so), and ${counted(promises.length, 'promise')} of the documentation were`,
    `checked in **every** interleaving of their threads (${describeCellBounds(bounds)}). ${searched} What was searched is a model of each release, written from its C code; a trace`,
    'names the C functions, so that it can be held against them. Release builds only: debug builds are judged by name, such as `gilproof check --design cpython-3.12.debug`.',
  ].join('\n')
}

/** Only of programs that keep the rules: what others see broken is their own doing. */
function shortly(index: ReleaseIndex): string {
  const { promises, releases } = index.input
  const last = releases.length - 1
  const standings = promises.map((promise) => ({ promise, standings: releases.map((release) => standingOf(index, release, promise)) }))
  const named = (isMeant: (standings: readonly Standing[]) => boolean): string =>
    enumerated(standings.filter((each) => isMeant(each.standings)).map(({ promise }) => inlineCode(promise.name)))
  const isKept = (standing: Standing | undefined): boolean => standing === 'kept' || standing === 'not asked'
  const newest = releases[last]?.short ?? ''
  const oldest = releases[0]?.short ?? ''
  const sentences: readonly (readonly [says: string, names: string])[] = [
    ['**Kept by every release** that it can be asked of', named((all) => all.every(isKept) && all.includes('kept'))],
    [
      '**Not seen broken in any release**, but some searches were cut short',
      named((all) => !all.includes('broken') && all.includes('undecided')),
    ],
    ['**Broken by every release**, for some program', named((all) => all.every((standing) => standing === 'broken'))],
    [`**Broken once, and kept by ${newest}**`, named((all) => all.includes('broken') && all[last] === 'kept')],
    [`**Kept by ${oldest}, and broken by ${newest}**`, named((all) => all[0] === 'kept' && all[last] === 'broken')],
    [`**Broken by ${newest}, and not to be asked of ${oldest}**`, named((all) => all[0] === 'not asked' && all[last] === 'broken')],
  ]
  const items = [
    ...sentences.filter(([, names]) => names !== '').map(([says, names]) => `${says}: ${names}.`),
    ...changesOf(index).flatMap(({ before, release, ...change }) => {
      const breaks = change.breaks.filter(({ client }) => index.isFair(client))
      const repairs = change.repairs.filter(({ client }) => index.isFair(client))
      if (breaks.length + repairs.length === 0) return []
      return [`**${before.short} → ${release.short}** repairs ${programs(repairs)} and breaks ${programs(breaks)}.`]
    }),
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

function promiseTable(index: ReleaseIndex, promises: readonly PromiseText[]): string {
  const { releases } = index.input
  const rows = promises.map(({ name, says }) => [
    `${inlineCode(name)}<br>${prose(says)}`,
    ...releases.map((release, position) => {
      const wrong = index.brokenIn(position, { promise: name }).filter(({ client }) => !index.isFair(client)).length
      const symbol = summarySymbol(fairFindings(index, release, name))
      return linked(index, position, { promise: name }, wrong === 0 ? symbol : `${symbol} (${wrong})`)
    }),
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

function shortOf({ short }: ReleaseText): string {
  return escapeMarkdown(short)
}

const howToReproduce = [
  'A trace is a shortest one, unless its page says that a shorter one may exist: no run of the model with fewer steps breaks the promise. **Safe** means that *all* states that the',
  'threads can reach in these bounds were visited; it says nothing about more threads or longer runs. Nothing is assumed about who runs next: a thread may wait for as long as you like.',
  '',
  '`gilproof prove --releases` judges all of it anew and writes these pages, byte for byte; `gilproof compare cpython-3.11 cpython-3.12` tells what two releases differ in;',
  '`gilproof replay CODE` runs one trace again, and every page ends with its code. releases.json has every cell in one line, with a digest of the model it was found on.',
].join('\n')
