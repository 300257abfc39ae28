import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeTraceCode } from '../../src/checker/trace/trace-code.ts'
import { askable, findClient } from '../../src/cli/cells/catalogs.ts'
import { CountingMemory } from '../../src/cli/cells/counting-memory.ts'
import type { Task } from '../../src/cli/cells/task.ts'
import { removeOldEntries, usualCacheFolder } from '../../src/cli/gate/cache/cache-folder.ts'
import { keyOfNames } from '../../src/cli/gate/cache/cache-keys.ts'
import { codeDigests } from '../../src/cli/gate/cache/code-digests.ts'
import { VerdictCache } from '../../src/cli/gate/cache/verdict-cache.ts'
import type { JudgedTask } from '../../src/cli/gate/judge-task.ts'
import { judgeTask } from '../../src/cli/gate/judge-task.ts'
import { DiagnosticError } from '../../src/foundation/diagnostic.ts'
import type { CacheEntry } from '../../src/gate/cache-entry.ts'
import { entryText, readEntry } from '../../src/gate/cache-entry.ts'
import { mutationsOf } from '../gate/mutations.ts'

const catalogs = askable()
const digests = { everything: 'a'.repeat(64), judging: 'b'.repeat(64) }
const task: Task = {
  reading: 'status-quo.cpython-3.2',
  client: 'attach-twice',
  bounds: { threads: 1, interpreters: 1, rounds: 1 },
  promises: ['no-deadlock', 'no-fatal-error'],
  limits: {},
  evidence: 'shortest',
  earlier: [],
}

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gilproof-cache-'))
})
afterEach(() => {
  chmodSync(folder, 0o755)
  rmSync(folder, { recursive: true })
})

async function judge(asked: Task = task, isShipped = true, engine = digests, known = catalogs) {
  const cache = new VerdictCache(folder)
  const judged = await judgeTask(asked, {
    catalogs: known,
    memory: new CountingMemory(),
    fingerprints: new Map(),
    cached: { cache, digests: engine, isShipped },
  })
  return { ...judged, troubles: cache.takeTroubles() }
}

const verdictsOf = ({ cells }: JudgedTask) => cells.map(({ verdict }) => verdict)

function files(): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.txt'))
    .sort()
}

/** The entry that is found by name. */
function entryByName(): { readonly path: string; readonly entry: CacheEntry } {
  const key = keyOfNames(task)
  const path = join(folder, 'a'.repeat(16), `${key}.txt`)
  const entry = readEntry(readFileSync(path, 'utf8'), { key, engine: digests.everything })
  if (entry === undefined) throw new Error('the entry was written by judge')
  return { path, entry }
}

describe('cached verdicts', () => {
  it('are those that were found, told in the same words', async () => {
    const cold = await judge()
    const warm = await judge()
    expect(verdictsOf(cold)).toEqual(['violated', 'holds'])
    expect([cold.isFromCache, warm.isFromCache]).toEqual([false, true])
    expect(warm.cells).toEqual(cold.cells)
    expect(files()).toHaveLength(2)
  })

  it('are found by the model as well, where the code that made it has changed', async () => {
    await judge()
    const rebuilt = await judge(task, true, { ...digests, everything: 'c'.repeat(64) })
    const ofUser = await judge(task, false)
    expect([rebuilt.isFromCache, ofUser.isFromCache]).toEqual([true, true])
    expect(verdictsOf(rebuilt)).toEqual(['violated', 'holds'])
  })

  it.each([
    ['another engine', task, { everything: 'c'.repeat(64), judging: 'd'.repeat(64) }],
    ['other limits', { ...task, limits: { states: 100_000 } }, digests],
    ['other promises', { ...task, promises: ['no-deadlock'] }, digests],
    ['other bounds', { ...task, bounds: { ...task.bounds, rounds: 2 } }, digests],
  ])('are none for %s', async (_, asked, engine) => {
    await judge()
    expect((await judge(asked, true, engine)).isFromCache).toBe(false)
  })

  it('are not those of another engine, though they lie in the place of its own', async () => {
    await judge()
    const other = { everything: 'c'.repeat(64), judging: 'd'.repeat(64) }
    for (const [from, to] of [
      ['a', 'c'],
      ['b', 'd'],
    ] as const)
      renameSync(join(folder, from.repeat(16)), join(folder, to.repeat(16)))
    const judged = await judge(task, true, other)
    expect([judged.isFromCache, judged.troubles.ignored]).toEqual([false, 2])
  })

  it('are never what was left undecided', async () => {
    const limited = { ...task, client: 'callback-from-fresh-thread', limits: { states: 5 } }
    const first = await judge(limited)
    expect(verdictsOf(first)).toContain('undecided')
    expect(files()).toEqual([])
  })
})

it('leaves a scenario that cannot be written down undecided, as without a cache', async () => {
  const write = (): never => {
    throw new DiagnosticError([{ code: 'MC113', message: 'too large', place: [] }])
  }
  const unwritable = { ...findClient('attach-twice', catalogs), name: 'unwritable', write }
  const { cells } = await judge({ ...task, client: 'unwritable' }, false, digests, { ...catalogs, clients: [unwritable] })
  expect(cells.map(({ verdict, reason }) => `${verdict}: ${reason}`)).toEqual(
    Array(2).fill('undecided: the model is wrong: MC113: too large'),
  )
})

describe('a violation in the cache', () => {
  it.each([
    ['whose trace does not break the promise', 'no-fatal-error'],
    ['whose trace ends before it does', 'no-deadlock'],
  ])('%s is not believed, though its entry is whole', async (_, promise) => {
    const before = await judge()
    const { path, entry } = entryByName()
    const replayCode = encodeTraceCode({
      cell: [task.reading, task.client, promise],
      bounds: [1, 1, 1],
      digest: '0123456789ab',
      choices: [0],
    })
    const forged = { status: 'violated' as const, replayCode, fingerprint: '0123456789ab', isShortest: true }
    writeFileSync(path, entryText({ ...entry, verdicts: { ...entry.verdicts, [promise]: forged } }))
    const after = await judge()
    expect(after.cells).toEqual(before.cells)
    expect(after.troubles.ignored).toBe(1)
  })

  it('with a code that is damaged or without a promise is not believed either', async () => {
    const before = await judge()
    const { path, entry } = entryByName()
    for (const verdicts of [
      { ...entry.verdicts, 'no-deadlock': { status: 'violated' as const, replayCode: 'gp1:', fingerprint: '', isShortest: true } },
      { 'no-deadlock': entry.verdicts['no-deadlock'] ?? { status: 'safe' as const } },
    ]) {
      writeFileSync(path, entryText({ ...entry, verdicts }))
      const after = await judge()
      expect([after.cells, after.troubles.ignored]).toEqual([before.cells, 1])
    }
  })
})

describe('a cache', () => {
  it('with damaged entries gives the same verdicts, and counts them', async () => {
    const before = await judge()
    const texts = files().map((file) => [join(folder, file), readFileSync(join(folder, file), 'utf8')] as const)
    const [[, text = ''] = []] = texts
    await fc.assert(
      fc.asyncProperty(mutationsOf(text), async (mutated) => {
        for (const [path] of texts) writeFileSync(path, mutated)
        const after = await judge()
        expect(after.cells).toEqual(before.cells)
        expect(after.isFromCache).toBe(after.troubles.ignored < 2)
      }),
      { numRuns: 100 },
    )
  })

  it('that is no folder, or whose entries are folders, costs time and no verdict', async () => {
    const before = await judge()
    for (const file of files()) {
      rmSync(join(folder, file))
      mkdirSync(join(folder, file))
    }
    const inTheWay = await judge()
    rmSync(folder, { recursive: true })
    writeFileSync(folder, '')
    const noFolder = await judge()
    expect([inTheWay.cells, noFolder.cells]).toEqual([before.cells, before.cells])
    expect(inTheWay.troubles.ignored).toBe(2)
    expect(noFolder.troubles.cannotWrite).toBeDefined()
  })

  it('loses folders of other engines after a month, and nothing else', async () => {
    const monthAgo = Date.now() / 1000 - 31 * 86_400
    for (const name of ['0'.repeat(16), '1'.repeat(16), 'somebody-elses', '2'.repeat(16)]) mkdirSync(join(folder, name))
    for (const name of ['0'.repeat(16), '1'.repeat(16), 'somebody-elses']) utimesSync(join(folder, name), monthAgo, monthAgo)
    await removeOldEntries(folder, ['1'.repeat(64)])
    expect(readdirSync(folder).sort()).toEqual(['1'.repeat(16), '2'.repeat(16), 'somebody-elses'])
  })

  it('lies where packages lie, or with the user', () => {
    mkdirSync(join(folder, 'node_modules'))
    mkdirSync(join(folder, 'deep/er'), { recursive: true })
    expect(usualCacheFolder(join(folder, 'deep/er'))).toBe(join(folder, 'node_modules/.cache/gilproof'))
    expect(usualCacheFolder('/')).toMatch(/[/\\]gilproof$/)
  })
})

describe('the digests of the code', () => {
  it('cover every file that runs, and know what judges from what tells', () => {
    const { everything, judging } = codeDigests()
    expect(everything).toMatch(/^[0-9a-f]{64}$/)
    expect(judging).not.toBe(everything)
    expect(codeDigests()).toEqual({ everything, judging })
  })
})
