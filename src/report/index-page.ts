import { describeCellBounds } from './cell-bounds.ts'
import { legend, statusSymbol, summarySymbol } from './cell-symbol.ts'
import { claimSections } from './claims-table.ts'
import { differencesOf } from './design-differences.ts'
import { answerList } from './index-answer.ts'
import { escapeMarkdown, inlineCode, link, markdownTable, prose } from './markdown.ts'
import type { ReportIndex } from './report-index.ts'
import { byTraceLength } from './report-index.ts'
import type { ClientText, ReadingText } from './report-input.ts'
import { clientAnchor, readingPath } from './report-paths.ts'
import { counted, enumerated } from './sentence.ts'

/** The page that answers the debate, for a reader who knows CPython and has never seen a model checker. */
export function indexPage(index: ReportIndex): string {
  return `${[
    '# bpo-10915, decided by exhaustive search',
    `**The question.** ${prose(index.input.question)}`,
    scope(index),
    '## The answer',
    answerList(index),
    '## Readings and clients',
    matrixSection(index),
    '## Where two designs differ',
    differenceSection(index),
    '## Which reading is better',
    dominanceSection(index),
    ...claimSections(index),
    ...variationSection(index),
    '## How to read a page',
    howToRead,
    '## How to reproduce',
    howToReproduce,
  ].join('\n\n')}\n`
}

function scope(index: ReportIndex): string {
  const { input, own } = index
  const { findings, clients, promises, bounds } = input
  const undecided = findings.filter(({ status }) => status === 'undecided').length
  const readings = `${counted(own.length, 'reading')} of ${counted(new Set(own.map(({ design }) => design)).size, 'design')}`
  const searched = undecided === 0 ? 'Every search was exhaustive.' : `${undecided} cells are undecided: their search hit a limit.`
  return (
    `Each of ${readings} was put before ${counted(clients.length, 'client program')}${scopeOfVariations(index)}, and ${counted(promises.length, 'promise')} checked in **every** interleaving of their ` +
    `threads (${describeCellBounds(bounds)}). ${searched} A design says little that can be checked until its text is read one way: each coherent way is a *reading*.`
  )
}

/** How many of the clients the variations were put before. */
function scopeOfVariations(index: ReportIndex): string {
  const { input, variations } = index
  const [first] = variations
  if (first === undefined) return ''
  const judged = input.clients.filter(({ name }) => variations.some((reading) => index.findingsOf(reading.name, name).length > 0))
  return `, ${counted(variations.length, 'variation')} before ${judged.length} of them`
}

function matrixSection(index: ReportIndex): string {
  const { clients } = index.input
  const head = ['client', ...index.own.map((_, i) => link(letter(i), readingPath(index.own[i]?.name ?? '')))]
  const rows = clients.map((client) => [clientCell(client), ...index.own.map((reading) => matrixCell(index, reading, client))])
  const key = index.own.map((reading, i) => [
    letter(i),
    link(inlineCode(reading.name), readingPath(reading.name)),
    prose(reading.says),
    nominalMark(index, reading),
  ])
  return [
    markdownTable(['', 'reading', 'what it means', 'nominal'], key),
    `${legend}. A number counts violated promises. Each symbol leads to the promises one by one.`,
    markdownTable(head, rows),
  ].join('\n\n')
}

function nominalMark(index: ReportIndex, reading: ReadingText): string {
  return index.nominal.includes(reading) ? '●' : ''
}

function clientCell({ title, kind }: ClientText): string {
  return `${escapeMarkdown(title)}${kind === 'unmodified' ? '' : ` (${kind})`}`
}

function matrixCell(index: ReportIndex, reading: ReadingText, client: ClientText): string {
  return link(summarySymbol(index.findingsOf(reading.name, client.name)), clientAnchor(reading.name, client.name))
}

/** A, B, ..., Z, AA, AB. */
function letter(position: number): string {
  const last = String.fromCharCode(65 + (position % 26))
  return position < 26 ? last : letter(Math.floor(position / 26) - 1) + last
}

function differenceSection(index: ReportIndex): string {
  const differences = differencesOf(index, index.nominal)
  if (differences.length === 0) return 'No two nominal readings differ in any cell.'
  const rows = differences.map(({ safeOn, violatedOn, violated, count }) => {
    const { client, property } = violated.cell
    const title = index.input.clients.find(({ name }) => name === client)?.title ?? client
    const steps = `${violated.evidence?.steps.length ?? 0} steps`
    return [
      [safeOn.design, violatedOn.design].sort().map(escapeMarkdown).join(' – '),
      link(`${escapeMarkdown(safeOn.design)} ✅`, clientAnchor(safeOn.name, client)),
      link(`${escapeMarkdown(violatedOn.design)} ❌`, index.pageOf(violated)),
      escapeMarkdown(title),
      inlineCode(property),
      link(steps, index.pageOf(violated)),
      String(count),
    ]
  })
  return [
    'Nominal readings only. For each pair of designs and each direction: the cell with the shortest trace that one keeps and the other breaks, clients that need no change first.',
    markdownTable(['between', 'keeps it', 'breaks it', 'client', 'promise', 'trace', 'such cells'], rows),
  ].join('\n\n')
}

function dominanceSection(index: ReportIndex): string {
  const { dominances } = index.input
  const verdict =
    dominances.length === 0
      ? 'A reading dominates another when it breaks nothing that the other keeps, and keeps something that the other breaks; clients that break a documented precondition do not count. **None dominates another**: choosing a design is choosing whom to break.'
      : 'A reading dominates another when it breaks nothing that the other keeps, and keeps something that the other breaks; clients that break a documented precondition do not count.'
  const rows = index.own.map((reading) => {
    const violated = index.unfairlyBroken(reading.name)
    const [shortest] = [...violated].sort(byTraceLength)
    const worse = dominances
      .filter(({ better }) => better === reading.name)
      .map(({ worse: name, gained }) => `${inlineCode(name)} (+${gained})`)
    const trace =
      shortest === undefined
        ? ''
        : link(`${inlineCode(shortest.cell.property)}, ${shortest.evidence?.steps.length ?? 0} steps`, index.pageOf(shortest))
    return [
      link(inlineCode(reading.name), readingPath(reading.name)),
      worse.length === 0 ? '–' : enumerated(worse),
      String(violated.length),
      trace,
    ]
  })
  return [verdict, markdownTable(['reading', 'dominates', 'cells it breaks', 'shortest trace'], rows)].join('\n\n')
}

function variationSection(index: ReportIndex): readonly string[] {
  if (index.variations.length === 0) return []
  const rows = index.variations.map((variation) => {
    const nominal = index.nominalOf(variation)
    const changed =
      nominal === undefined
        ? []
        : index.findingsOf(variation.name).flatMap((finding) => {
            const { client, property } = finding.cell
            const before = index.status(nominal.name, client, property)
            return before === finding.status ? [] : [{ finding, before }]
          })
    const better = changed.filter(({ before, finding }) => before === 'violated' && finding.status !== 'violated').length
    const worse = changed.filter(({ before, finding }) => before !== 'violated' && finding.status === 'violated')
    const [shortest] = worse.map(({ finding }) => finding).sort(byTraceLength)
    const trace = shortest === undefined ? '' : ` (${link(inlineCode(shortest.cell.property), index.pageOf(shortest))})`
    return [
      link(inlineCode(variation.name), readingPath(variation.name)),
      prose(variation.question ?? ''),
      prose(variation.says),
      better === 0 ? '' : `${better} ${statusSymbol('safe')}`,
      worse.length === 0 ? '' : `${worse.length} ${statusSymbol('violated')}${trace}`,
    ]
  })
  return [
    '## Variations',
    'What the texts leave open, varied one at a time from the nominal reading. Only cells whose verdict differs from the nominal one are counted; a variation has pages for what it breaks in addition.',
    markdownTable(['variation', 'what the text leaves open', 'here', 'repairs', 'breaks'], rows),
  ]
}

const howToRead = [
  'A page tells one counterexample. It begins with what goes wrong in words; then what each thread calls, a diagram, and the trace step by step. A step is atomic: between any two,',
  'another thread may run. **safe** means that *all* states that the threads can reach in these bounds were visited and none breaks the promise; it says nothing about more threads',
  'or longer runs. **violated** means that the trace on the page is possible in the model, and no trace with fewer steps is. Thread states carry the interpreter they belong to:',
  '"thread state 1 (sub)". What a counterexample is worth depends on whether the model does what CPython does: each page names the C functions that its steps were written from.',
].join('\n')

const howToReproduce = [
  '`npm start` on a fresh clone judges everything anew and writes these pages, byte for byte. `gilproof replay CODE` runs one counterexample through the model again; every page ends',
  'with its code. `gilproof report CODE --format json` (or `itf`, `mermaid`) prints it for other tools; verdicts.json has every cell in one line, and schema.json',
  'describes the JSON.',
].join('\n')
