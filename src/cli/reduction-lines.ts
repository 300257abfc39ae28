import type { Judgement } from '../judge/judgement.ts'
import type { Saving } from '../judge/measure-savings.ts'
import { count } from './finding-lines.ts'

/** What is told of the reductions of one search. */
export interface ReductionsOfCell {
  readonly cell: { readonly reading: string; readonly client: string }
  readonly symmetry?: NonNullable<Judgement['symmetry']>
  readonly savings?: readonly Saving[]
}

/** Which threads were interchangeable, or why none are; and what each reduction saved, if that was measured. */
export function reductionLines({ symmetry, savings = [] }: ReductionsOfCell): readonly string[] {
  return [...(symmetry === undefined ? [] : symmetryLines(symmetry)), ...savings.map(savingLine)]
}

function symmetryLines({ interchangeable, obstacles }: NonNullable<Judgement['symmetry']>): readonly string[] {
  const groups = interchangeable.map((threads) => `interchangeable: ${threads.join(', ')}`)
  if (groups.length > 0) return groups
  return [`no two threads are interchangeable: ${obstacles[0] ?? 'no two do the same'}`]
}

function savingLine({ reduction, with: reduced, without, disagreements }: Saving): string {
  const { coverage, distinctStates, limit } = without
  const [atLeast, end] = coverage === 'exhaustive' ? ['', ''] : ['at least ', ` (${limit ?? 'a limit was hit'})`]
  const ratio = (distinctStates / Math.max(1, reduced)).toLocaleString('en', { maximumFractionDigits: 1 })
  const verdicts = disagreements.length === 0 ? 'no verdict differs' : `VERDICTS DIFFER on ${disagreements.join(', ')}: this is a bug`
  return `${reduction}: ${count(reduced, 'state')} instead of ${atLeast}${distinctStates.toLocaleString('en')}${end}, ${ratio} times fewer; ${verdicts}`
}
