import type { SourceAnchor } from '../../model/language/source-anchor.ts'
import type { Standing } from '../finding.ts'
import { counted } from '../sentence.ts'
import { wrap } from '../wrap.ts'
import type { Alignment, DifferingValue, Parting, SideOfParting } from './alignment.ts'

/** Values told of; a design that keeps other books differs in many. */
const mostValues = 4

/** An alignment in a few lines for a terminal, indented, without colours. */
export function alignmentText(alignment: Alignment): readonly string[] {
  const { schedule, other, sharedSteps, ownSteps, otherWays, values, parting, afterwards } = alignment
  const own = ownSteps === 0 ? '' : `, ${ownSteps} ${ownSteps === 1 ? 'is another one' : 'are other ones'} within the same call`
  const ways = otherWays === 0 ? '' : `, and ${counted(otherWays, 'call')} end${otherWays === 1 ? 's' : ''} by other steps`
  const shown = [...values].reverse().slice(0, mostValues).reverse()
  const more = values.length - shown.length
  return [
    ...line(`The schedule of ${schedule}, run on ${other} too: both take ${counted(sharedSteps, 'step')} of it${own}${ways}.`),
    ...(more > 0 ? line(`${more} more shared ${more === 1 ? 'value differs' : 'values differ'} from an earlier step on.`, 4) : []),
    ...shown.flatMap((value) => line(valueSentence(value, alignment), 4)),
    ...(parting === undefined ? [] : partingLines(parting, alignment)),
    ...(afterwards === undefined ? [] : afterwardsLines(afterwards, alignment)),
  ]
}

function valueSentence({ what, schedule, other, step, source }: DifferingValue, names: Alignment): string {
  const since = step === undefined ? 'from the beginning' : `from step ${step} on${anchor(source)}`
  return `${what}: ${schedule} on ${names.schedule}, ${other} on ${names.other}, ${since}`
}

function afterwardsLines({ schedule, other }: NonNullable<Alignment['afterwards']>, names: Alignment): readonly string[] {
  const next = (side: readonly Standing[], name: string): readonly string[] => {
    const told = side.map(({ thread, calls, says, isBlocked }) => `${thread} ${isBlocked ? 'cannot: ' : ''}${says}${inCall(calls)}`)
    return line(`next on ${name}: ${told.length === 0 ? 'nothing, the process has ended' : told.join('; ')}`, 4)
  }
  const someoneIsStuck = [...schedule, ...other].some(({ isBlocked }) => isBlocked)
  return [
    ...line('They do not part before its end: what differs is in the values.'),
    ...(someoneIsStuck ? [...next(schedule, names.schedule), ...next(other, names.other)] : []),
  ]
}

function inCall(calls: readonly string[]): string {
  return calls.length === 0 ? '' : ` (${calls.join(' > ')})`
}

function partingLines({ step, thread, kind, schedule, other, ended }: Parting, names: Alignment): readonly string[] {
  const there =
    other === undefined
      ? 'the thread has ended'
      : `${kind === 'blocked' ? 'it cannot go on: never ' : kind === 'other-call' ? 'another call: ' : ''}${sideText(other, kind === 'blocked')}`
  return [
    ...line(`At step ${step} they part, in ${thread}:`),
    ...line(`on ${names.schedule}: ${sideText(schedule, false)}`, 4),
    ...line(`on ${names.other}: ${there}`, 4),
    ...(ended === undefined ? [] : line(`and in that call the process aborts on ${names.other}: ${ended}`, 4)),
  ]
}

function sideText({ calls, says, source, condition, reads, changes }: SideOfParting, isBlocked: boolean): string {
  const stack = calls.length === 0 ? '' : `${calls.join(' > ')}: `
  const asked = condition === undefined ? '' : isBlocked ? `, which needs: ${condition}` : `, having found: ${condition}`
  const values = reads.length === 0 ? '' : `; here ${reads.join(', ')}`
  const changed = changes.length === 0 ? '' : `; ${changes.join(', ')}`
  return `${stack}${says}${anchor(source)}${asked}${values}${changed}`
}

function anchor(source: SourceAnchor | undefined): string {
  return source === undefined ? '' : ` (${source.symbol}, ${source.file} of CPython ${source.version})`
}

function line(text: string, indent = 2): readonly string[] {
  return [`${' '.repeat(indent)}${wrap(text, indent + 2)}`]
}
