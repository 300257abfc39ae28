import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gilproof } from './built-program.ts'

const folder = mkdtempSync(join(tmpdir(), 'gilproof-module-'))
const small = ['--threads', '1', '--interpreters', '1']

function module(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const client = (write: string, more = ''): string =>
  `import { defineClient } from 'gilproof/cpython'\nexport default defineClient({ name: 'mine', says: 'Mine.', ${more} write: (stage) => { ${write} } })\n`

describe('a module of the user', () => {
  it('may export a design, which is judged on the clients', async () => {
    const { status, stdout } = await gilproof([
      'check',
      'examples/my-design.ts',
      '--client',
      'swig-callback-on-maker-thread',
      '--property',
      'no-deadlock',
    ])
    expect(status).toBe(0)
    expect(stdout).toContain('my-design.remembers-the-interpreter / swig-callback-on-maker-thread')
  })

  it('may export a client, which is judged on the status quo', async () => {
    const { status, stdout } = await gilproof(['check', 'examples/my-client.ts', ...small])
    expect(status).toBe(0)
    expect(stdout).toContain('status-quo.cpython-3.2 / logging-library')
  })

  it('may export a promise', async () => {
    const path = module(
      'promise.ts',
      `import { definePromise } from 'gilproof/cpython'
      import { happens } from 'gilproof/model'
      export const mine = definePromise({ name: 'mine', says: 'Mine.', formulate: () => ({ kind: 'forbidden-transition', name: 'mine', says: 'Mine.', forbids: happens('runs Python') }) })`,
    )
    const { stdout } = await gilproof(['check', path, '--client', 'callback-from-fresh-thread', ...small])
    expect(stdout).toMatch(/(safe|violated) +mine/)
  })

  it('is needed again to replay its traces', async () => {
    const path = module(
      'stuck.ts',
      client(
        'stage.main.saveThread(); stage.main.restoreThread(stage.runtime.mainThreadState); stage.main.restoreThread(stage.runtime.mainThreadState)',
      ),
    )
    const checked = await gilproof(['check', path, ...small, '--property', 'no-deadlock', '--json'])
    const code = JSON.parse(checked.stdout).findings[0].evidence.replayCode
    const [replayed, unknown] = await Promise.all([gilproof(['replay', '--module', path, code]), gilproof(['replay', code])])
    expect(checked.status).toBe(1)
    expect(replayed.status).toBe(0)
    expect(unknown.stderr).toContain('MC602')
  })

  it.each([
    ['that is not there', join(folder, 'missing.ts'), 'MC604', 'there is no such file'],
    ['that throws', module('throws.ts', "throw new Error('boom')"), 'MC604', 'boom'],
    ['with a mistake of syntax', module('syntax.ts', 'export const = 1'), 'MC604', 'fails while it is loaded'],
    ['that exports nothing', module('nothing.ts', 'const a = 1'), 'MC605', 'found no exports'],
    ['that exports nothing usable', module('other.ts', 'export const answer = 42'), 'MC605', 'answer (the number 42)'],
    [
      'whose design has no readings',
      module('readings.ts', "export default { name: 'x', says: 'y', readings: [] }"),
      'MC605',
      'at least one reading',
    ],
    [
      'whose policy is wrong',
      module(
        'policy.ts',
        "import { cpython32 } from 'gilproof/cpython'\nexport default { name: 'x', says: 'y', readings: [{ name: 'z', says: 'z', policy: { ...cpython32, plainCallsLookIn: 'nowhere' } }] }",
      ),
      'MC605',
      "plainCallsLookIn: found the text 'nowhere'; expected one of 'thread-slot'",
    ],
    [
      'whose client fails while it is written down',
      module('fails.ts', client('stage.nobody.ensure()')),
      'MC605',
      'its code fails when it is put together',
    ],
    ['whose client is told wrongly', module('told.ts', client('', "kind: 'good',")), 'MC605', "expected one of 'unmodified'"],
    [
      'whose model leaves its range',
      module(
        'range.ts',
        client(
          'stage.setUp(); for (const thread of stage.threads) { stage.whenReady(thread); thread.repeat(8, () => void thread.ensure()) }',
        ),
      ),
      'MC110',
      'system status-quo.cpython-3.2 / mine',
    ],
  ])('%s is refused', async (_, path, code, text) => {
    const { status, stdout, stderr } = await gilproof(['check', path, ...small])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(code)
    expect(stderr).toContain(text)
  })
})
