import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { digestOf } from '../../src/foundation/digest.ts'
import { readManifest } from '../../src/gate/read-manifest.ts'
import { main } from './built-program.ts'
import type { GateFolder } from './gate-folder.ts'
import { gateFolder, judgedIn, manifestName, small } from './gate-folder.ts'

/** More of them by hand: GILPROOF_KILLS=200 npx vitest run test/cli/gate-kills.test.ts */
const kills = Number(process.env['GILPROOF_KILLS'] ?? 20)
/** Moments in percent of what a run takes: some are killed before they begin to judge, most while they do, some never. */
const moment = fc.integer({ min: 5, max: 130 })

/** Runs "gate --update" and kills it with its threads, which no handler sees. */
async function killedUpdate(folder: GateFolder, milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, [main, 'gate', '--update', '--cache', folder.cache], { cwd: folder.path, stdio: 'ignore' })
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds)
  await once(child, 'close')
  clearTimeout(timer)
}

/** Every file that a run would read says of itself that it is whole. */
function damagedEntries({ cache }: GateFolder): readonly string[] {
  if (!existsSync(cache)) return []
  return readdirSync(cache, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.txt'))
    .filter((path) => {
      const [digest, body = ''] = readFileSync(join(cache, path), 'utf8').split('\n')
      return digest !== digestOf(body)
    })
}

it(
  `loses nothing when it is killed at ${kills} moments: manifest and cache are whole, and the next run is right`,
  async () => {
    const folder = gateFolder()
    await folder.gate(['--init', ...small])
    const right = folder.read()
    const stale = right.replace('"no-fatal-error": "holds"', '"no-fatal-error": "never-exercised"')
    expect(stale).not.toBe(right)
    folder.write(stale)
    rmSync(folder.cache, { recursive: true })
    const started = performance.now()
    await killedUpdate(folder, 60_000)
    const whole = performance.now() - started
    expect(folder.read()).toBe(right)
    for (const [i, percent] of fc.sample(moment, kills).entries()) {
      folder.write(stale)
      if (i % 2 === 0) rmSync(folder.cache, { recursive: true, force: true })
      await killedUpdate(folder, (whole * percent) / 100)
      const left = folder.read()
      expect([stale, right]).toContain(left)
      expect(readManifest(left, manifestName).ok).toBe(true)
      expect(damagedEntries(folder)).toEqual([])
    }
    folder.write(stale)
    expect((await folder.gate()).status).toBe(1)
    folder.write(right)
    const last = await folder.gate()
    expect(last.status).toBe(0)
    expect(judgedIn(last)).toBe(0)
  },
  120_000 + kills * 30_000,
)

it('may run twice at once on one cache', async () => {
  const folder = gateFolder()
  await folder.gate(['--init', ...small])
  rmSync(folder.cache, { recursive: true })
  const both = await Promise.all([folder.gate(), folder.gate(), folder.gate(['--update'])])
  expect(both.map(({ status }) => status)).toEqual([0, 0, 0])
  const after = await folder.gate()
  expect([after.status, judgedIn(after)]).toEqual([0, 0])
  expect(damagedEntries(folder)).toEqual([])
})
