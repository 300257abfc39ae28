import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { probes } from '../../src/conformance/probes/catalog.ts'
import type { Subject } from '../../src/conformance/subject/subject.ts'
import { profileOfVersion, versionOf } from '../../src/conformance/sweep/match-profile.ts'
import { gilproof, main } from '../cli/built-program.ts'
import { descendants, survivors } from './processes.ts'
import { subjectUnderTest } from './subject-under-test.ts'

let subject: Subject
let folder: string

beforeAll(async () => {
  subject = await subjectUnderTest()
  folder = mkdtempSync(join(tmpdir(), 'gilproof-conform-'))
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true }))

function conform(...options: readonly string[]) {
  return gilproof(['conform', subject.path, ...options], { cwd: folder })
}

/** A profile that is not that of the subject, and differs from it in what simple schedules show. */
function wrongProfile(): string {
  return versionOf(subject)[1] >= 12 ? '3.9' : '3.13'
}

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const threads = ['M', 'F']
const start = 'initialized with threads'

describe('a real Python', () => {
  it('agrees with the model of its release in 60 random schedules, and those written by hand', async () => {
    const { status, stdout } = await conform('--schedules', '60', '--seed', '10915')

    expect(stdout).toContain('No disagreement.')
    expect(stdout).toMatch(new RegExp(`${subject.name} +${profileOfVersion(versionOf(subject))?.name} +${60 + probes.length} `))
    expect(status).toBe(0)
  }, 120_000)

  it('agrees with the model in the schedules written by hand', async () => {
    const { status, stdout } = await conform('--probes')

    expect(stdout).toContain('No disagreement.')
    expect(status).toBe(0)
  }, 120_000)

  it('is shown by the same schedules for the same seed, however many run at once and however fast', async () => {
    const options = ['--schedules', '10', '--seed', '7', '--profile', wrongProfile(), '--json']
    const [one, two] = [await conform(...options, '--jobs', '1'), await conform(...options, '--jobs', '2')]

    const speed = /"schedulesPerSecond": \d+/
    expect(JSON.parse(one.stdout).subjects[0].disagreements.length).toBeGreaterThan(0)
    expect(two.stdout.replace(speed, '')).toBe(one.stdout.replace(speed, ''))
  }, 120_000)

  it('is told with how many schedules ran in a second, and on how many processors', async () => {
    const { stdout } = await conform('--schedules', '10', '--seed', '7', '--json')

    const { processors, subjects } = JSON.parse(stdout)
    expect(subjects[0].schedulesPerSecond).toSatisfy((speed: number) => Number.isInteger(speed) && speed > 0)
    expect(processors).toBe(availableParallelism())
  }, 120_000)
})

describe('a disagreement', () => {
  it('is shrunk to a schedule of a few steps, saved, and seen again when that is replayed', async () => {
    const found = await conform('--schedules', '8', '--seed', '1', '--profile', wrongProfile(), '--save', 'kept', '--json')

    expect(found.status).toBe(1)
    const [smallest] = readdirSync(join(folder, 'kept'))
      .map((name) => join('kept', name))
      .sort((left, right) => stepsOf(left) - stepsOf(right))
    expect(stepsOf(smallest ?? '')).toBeLessThanOrEqual(4)
    const replayed = await gilproof(['conform', '--replay', smallest ?? ''], { cwd: folder })
    expect(replayed.status).toBe(1)
    expect(replayed.stdout).toContain('the model says')
  }, 120_000)

  it('is none for the model of the release', async () => {
    const schedule = { threads, start, steps: [{ thread: 'M', call: 'PyEval_SaveThread', arguments: [], result: 's' }] }

    const { status, stdout } = await conform('--replay', file('agrees.json', schedule))

    expect(stdout).toContain('No disagreement.')
    expect(status).toBe(0)
  }, 60_000)
})

function stepsOf(path: string): number {
  return JSON.parse(readFileSync(join(folder, path), 'utf8')).schedule.steps.length
}

describe('a bad input', () => {
  const step = { thread: 'M', call: 'PyEval_RestoreThread', arguments: ['s'] }

  it.each([
    [
      'a call that there is not',
      { threads, start, steps: [{ ...step, call: 'PyEval_RestorThread' }] },
      'MC708',
      'did you mean "PyEval_RestoreThread"',
    ],
    ['no steps', { threads, start, steps: [] }, 'MC708', 'steps'],
    ['another start', { threads, start: 'warm', steps: [step] }, 'MC708', 'start'],
    ['text that is no JSON', '{', 'MC708', 'is no JSON'],
    [
      'a name that stands for nothing',
      { threads, start, steps: [step] },
      'MC712',
      'nothing is called s (step 1, M: PyEval_RestoreThread(s))',
    ],
    ['a thread that the model has not', { threads: ['M', 'X'], start, steps: [{ ...step, thread: 'X' }] }, 'MC712', 'no thread X'],
  ])('is a schedule with %s', async (name, content, code, text) => {
    const { status, stdout, stderr } = await conform('--replay', file(`${name}.json`, content))

    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(code)
    expect(stderr).toContain(text)
  })

  it.each([
    [['conform', '/nothing/here'], 'MC702', 'no such file'],
    [['conform', fileURLToPath(import.meta.url)], 'MC701', 'neither executable nor a library'],
    [['conform', '--profile', '3.111'], 'MC711', 'Did you mean "3.11"?'],
    [['conform', '--length', '20-10'], 'MC607', '--length'],
    [['conform', '--probes', '--write-report'], 'MC607', '--write-report'],
    [['conform', '--probes', '--schedules', '5'], 'MC607', '--schedules'],
    [['conform', '--replay', 'schedule.json', '--save', 'there'], 'MC607', '--save'],
    [['conform', '--list', '--profile', '3.11'], 'MC607', '--profile'],
    [['conform', '--replay', '/nothing/here.json'], 'MC708', 'cannot be read'],
  ])('is %j', async (options, code, text) => {
    const { status, stdout, stderr } = await gilproof(options)

    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(code)
    expect(stderr).toContain(text)
  })
})

describe('Ctrl-C', () => {
  it('ends a long run with what there is so far, and leaves no process', async () => {
    const child = spawn(process.execPath, [main, 'conform', subject.path, '--schedules', '100000', '--seed', '1'], { cwd: folder })
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
    let printed = ''
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk
    })
    let started: readonly number[] = []
    // The harness, and the process that it has forked for a schedule.
    while (started.length < 3 && child.exitCode === null) {
      await pause(20)
      started = descendants(child.pid ?? 0)
    }
    await pause(500)
    started = descendants(child.pid ?? 0)
    child.kill('SIGINT')

    expect(await ended).toBe(3)
    expect(printed).toContain('Interrupted, so only a part was compared.')
    expect(await survivors(started)).toEqual([])
  }, 60_000)
})
