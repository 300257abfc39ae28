import { JudgementMemory } from '../../judge/judgement-memory.ts'

/** A memory that tells how often it knew: states are counted where they were searched, not where they were remembered. */
export class CountingMemory extends JudgementMemory {
  recalled = 0

  override recall(...asked: Parameters<JudgementMemory['recall']>): ReturnType<JudgementMemory['recall']> {
    const known = super.recall(...asked)
    if (known !== undefined) this.recalled += 1
    return known
  }
}
