import { beforeAll, describe, expect, it } from 'vitest'
import { alignFindings } from '../../../src/cli/cells/align-cells.ts'
import { askable } from '../../../src/cli/cells/catalogs.ts'
import type { Alignment } from '../../../src/report/alignment/alignment.ts'
import { alignmentText } from '../../../src/report/alignment/alignment-text.ts'
import type { Finding } from '../../../src/report/finding.ts'
import type { NamedScenario } from '../../support/scenario-system.ts'
import { violatedCell } from '../../support/violated-cell.ts'

const bounds = { threads: 2, interpreters: 2, rounds: 1 }

/** The counterexample of a cell, on another reading as well. */
async function align(
  named: Omit<NamedScenario, 'bounds'>,
  reading: string,
  status: Finding['status'] = 'safe',
): Promise<Alignment | undefined> {
  const { finding } = await violatedCell({ ...named, bounds })
  return alignFindings(finding, { cell: { ...finding.cell, reading }, status }, askable())
}

const dangling = { reading: 'status-quo', client: 'end-interpreter-in-use', promises: ['slots-never-dangle'] }
const foreignRelease = { reading: 'status-quo', client: 'release-without-ensure', promises: ['no-null-thread-state-is-used'] }
const javaThreads = { reading: 'cpython-2.7', client: 'jpype-waits-for-java-threads', promises: ['no-deadlock'] }
const found: { [Name in 'same' | 'dangling' | 'foreignRelease' | 'javaThreads']?: Alignment | undefined } = {}

beforeAll(async () => {
  found.same = await align(dangling, 'status-quo')
  found.dangling = await align(dangling, 'pitrou')
  found.foreignRelease = await align(foreignRelease, 'pitrou')
  found.javaThreads = await align(javaThreads, 'cpython-3.13')
}, 120_000)

describe('one schedule on two designs', () => {
  it('is the same throughout on a design and itself', () => {
    const { same } = found
    expect(same).toMatchObject({ ownSteps: 0, otherWays: 0, values: [] })
    expect(same?.parting).toBeUndefined()
    expect(same?.afterwards?.other).toEqual(same?.afterwards?.schedule)
  })

  it('says which value differs, from which step on, and where, though both take every step', () => {
    const { dangling: alignment } = found
    expect(alignment?.parting).toBeUndefined()
    expect(alignment?.values).toContainEqual({
      what: 'slot of thread 1',
      schedule: 'thread state 2',
      other: 'none',
      step: 13,
      source: { version: '3.2', file: 'Python/pystate.c', symbol: 'new_threadstate' },
    })
    // Where the key of an interpreter takes the place of the global one, the books differ from the beginning.
    expect(alignment?.values.find(({ what }) => what === 'slot of main thread')).toEqual({
      what: 'slot of main thread',
      schedule: 'main thread state',
      other: 'none',
    })
  })

  it('says at which step the designs part, what each side does there, and that the process aborts', () => {
    const { parting } = found.foreignRelease ?? {}
    expect(parting).toMatchObject({
      thread: 'thread 1',
      kind: 'other-step',
      schedule: { calls: ['PyGILState_Release'], says: 'reads its GILState slot', changes: ['tcur = thread state 2'] },
      other: { calls: ['PyGILState_Release'], says: 'reads its slot for the interpreter', changes: ['tcur = none'] },
    })
    expect(parting?.ended).toBe('auto-releasing thread-state, but no thread-state for this thread')
    expect(parting?.schedule.source?.file).toBe('Python/pystate.c')
  })

  it('says of two releases that one process hangs where the other goes on', () => {
    const { javaThreads: alignment } = found
    expect(alignment?.otherWays).toBeGreaterThan(0)
    expect(alignment?.afterwards).toMatchObject({
      schedule: [{ thread: 'thread 2', says: 'takes the GIL', isBlocked: true }],
      other: [{ thread: 'thread 2', isBlocked: false }],
    })
    const text = (alignment === undefined ? [] : alignmentText(alignment)).join(' ').replace(/\s+/g, ' ')
    expect(text).toContain(
      'next on cpython-2.7.release: thread 2 cannot: takes the GIL (PyGILState_Ensure > PyEval_RestoreThread > take_gil)',
    )
  })

  it('is not told where the client cannot be run on the other design', async () => {
    expect(await align(dangling, 'pitrou', 'not-applicable')).toBeUndefined()
  })
})
