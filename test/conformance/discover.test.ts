import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findSubjects } from '../../src/conformance/discover/find-subjects.ts'
import { pythonExecutables } from '../../src/conformance/discover/places.ts'
import { subjectAt } from '../../src/conformance/discover/subject-at.ts'
import { scheduleOf } from '../../src/conformance/schedule/schedule-text.ts'
import { HarnessWorker } from '../../src/conformance/subject/run-schedule.ts'
import { subjectUnderTest } from './subject-under-test.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gilproof-discover-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  chmodSync(path, 0o755)
  return path
}

/** The head of an ELF file for the machine of that number. */
function elfHead(machine: number): Buffer {
  const head = Buffer.alloc(64)
  head.write('\x7fELF\x02\x01\x01', 'latin1')
  head.writeUInt16LE(machine, 18)
  return head
}

describe('a Python of this machine', () => {
  it('is named after the version it tells', async () => {
    const subject = await subjectUnderTest()

    expect(subject.name).toMatch(/^CPython \d+\.\d+\.\d+\S*( debug)?$/)
    expect(subject.version).toContain(subject.name.split(' ')[1])
    expect(subject.digest).toMatch(/^[0-9a-f]{64}$/)
  }, 60_000)

  it('is found without being named', async () => {
    const known = await subjectUnderTest()
    const found = await findSubjects()

    expect(found.map(({ path }) => path)).toContain(known.path)
    expect(new Set(found.map(({ path }) => path)).size).toBe(found.length)
  }, 120_000)

  it('can be driven by preloading its executable, whether or not it has a library', async () => {
    const [path] = pythonExecutables().filter((each) => each.startsWith('/usr/'))
    if (path === undefined) return // a machine may have libraries only
    const worker = await HarnessWorker.start({ how: 'preloaded executable', path })
    const [only] = await worker.run(scheduleOf(['M: PyGILState_Ensure() -> g']))
    await worker.close()

    expect(only?.outcome).toEqual({ kind: 'returned', value: 'PyGILState_LOCKED' })
  }, 60_000)
})

describe('what is no Python', () => {
  it('is said to be missing if it is', async () => {
    await expect(subjectAt(join(folder, 'nothing'))).rejects.toThrow(/^MC702: .*no such file/)
  })

  it('is refused as a library that does not begin like one', async () => {
    await expect(subjectAt(file('libpython3.11.so', 'text'))).rejects.toThrow(/^MC701: .*It is no library/)
  })

  it('is refused as an executable that answers something else', async () => {
    await expect(subjectAt(file('python-like', '#!/bin/sh\necho 42'))).rejects.toThrow(/^MC701: .*is not a Python.*42/)
  })

  it('is refused by the name of the first symbol that it lacks', async () => {
    const libc = readFileSync('/proc/self/maps', 'utf8').match(/\/\S*\/libc(-[\d.]+)?\.so\S*/)?.[0] ?? ''

    await expect(subjectAt(libc)).rejects.toThrow(/^MC704: .*It has no symbol PyInterpreterState_Head/)
  })

  it('is refused if it is for another machine', async () => {
    const [other, name] = process.arch === 'arm64' ? [62, 'x64'] : [183, 'arm64']

    await expect(subjectAt(file('libpython3.12.so', elfHead(other)))).rejects.toThrow(new RegExp(`^MC703: .*It is for ${name};`))
  })

  it('is refused if it cannot be loaded', async () => {
    const machine = process.arch === 'arm64' ? 183 : 62

    await expect(subjectAt(file('libpython3.13.so', elfHead(machine)))).rejects.toThrow(/^MC701: .*It cannot be loaded/)
  })

  it('is given up if it hangs at its start', async () => {
    const path = file('python-asleep', '#!/bin/sh\nexec sleep 60')

    await expect(subjectAt(path, { limit: 200 })).rejects.toThrow(/^MC705: .*does not answer within 0.2 s/)
  })

  it('is refused as a folder without a system in it', async () => {
    await expect(subjectAt(folder)).rejects.toThrow(/^MC702: .*no unpacked system/)
  })
})
