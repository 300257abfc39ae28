import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gilproof } from './built-program.ts'
import { gateFolder, judgedIn, manifestName, small } from './gate-folder.ts'

describe('the example of a gate', () => {
  it('passes, fails with a message one can act on when mod_wsgi breaks, and passes when it is repaired', async () => {
    const folder = gateFolder('examples/gate')
    const before = await folder.gate()
    folder.apply('breaks-mod-wsgi.patch')
    folder.write(folder.read('design.ts'), 'broken.ts')
    const broken = await folder.gate()
    folder.apply('repairs-it.patch')
    const repaired = await folder.gate()

    expect(before.status).toBe(0)
    expect(before.stdout).toMatch(/^As expected\./)
    expect(broken.status).toBe(1)
    expect(broken.stdout).toMatch(/^NEW VIOLATION {2}remembered-interpreter\.plain \/ mod-wsgi-pool \/ no-fatal-error \(2\.2\.1\)\n/)
    expect(broken.stdout).toContain('In the end thread 1, in PyGILState_Ensure, with nothing attached, looks up its current interpreter')
    expect(broken.stdout).toContain('Not as expected: 3 new violations')
    expect(repaired.status).toBe(0)

    const [, code = ''] = /Replay: gilproof replay --module design\.ts (\S+)/.exec(broken.stdout) ?? []
    expect(await gilproof(['replay', '--module', 'broken.ts', code], { cwd: folder.path })).toMatchObject({ status: 0 })
  })
})

describe('gate --init and --update', () => {
  it('write what is found, and then it is as expected', async () => {
    const folder = gateFolder()
    const first = await folder.gate(['--init', ...small])
    const again = await folder.gate(['--init', ...small])
    const checked = await folder.gate()
    const updated = await folder.gate(['--update'])
    expect(first).toMatchObject({ status: 0, stdout: expect.stringContaining('gilproof.gate.json: written.\nIt expects 32 cells') })
    expect(again).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('MC611') })
    expect(checked).toMatchObject({ status: 0, stdout: expect.stringMatching(/^As expected\./) })
    expect(updated).toMatchObject({ status: 0, stdout: expect.stringContaining('nothing to change') })
  })

  it('keep reasons, print what changed, and expect it from then on', async () => {
    const folder = gateFolder('examples/gate')
    folder.apply('breaks-mod-wsgi.patch')
    const updated = await folder.gate(['--update'])
    const checked = await folder.gate()
    folder.apply('repairs-it.patch')
    const repaired = await folder.gate()
    expect(updated).toMatchObject({ status: 0, stdout: expect.stringContaining('NEW VIOLATION') })
    expect(updated.stdout).toContain('3 violations accepted without a reason')
    expect(folder.read()).toContain('"because": "A thread whose interpreter has ended has nowhere to call back to;')
    expect(checked.status).toBe(0)
    expect(repaired).toMatchObject({ status: 1, stdout: expect.stringMatching(/^VIOLATION GONE/) })
  })

  it('refuse to record what is undecided, unless they are allowed to', async () => {
    const folder = gateFolder()
    const limited = [...small, '--max-states', '20']
    const refused = await folder.gate(['--init', ...limited])
    expect(refused).toMatchObject({ status: 3, stdout: expect.stringContaining('not written, because') })
    expect(existsSync(join(folder.path, manifestName))).toBe(false)
    const allowed = await folder.gate(['--update', ...limited, '--allow-undecided'])
    const checked = await folder.gate()
    folder.replace('"states": 20', '"states": 19')
    folder.replace('{"verdict": "undecided", "because": ""}', '"holds"')
    const undecided = await folder.gate()
    expect(allowed.status).toBe(0)
    expect(checked).toMatchObject({ status: 0, stdout: expect.stringContaining('undecided, as allowed') })
    expect(undecided).toMatchObject({ status: 3, stdout: expect.stringContaining('Not decided: a limit was hit: 19 states.') })
  })
})

describe('what a gate tells', () => {
  it('is another trace as well, which fails only if it has to', async () => {
    const folder = gateFolder('examples/gate')
    const json = JSON.parse(folder.read())
    const verdicts = json.scenarios[0].verdicts
    const [promise = ''] = Object.keys(verdicts).filter((name) => typeof verdicts[name] === 'object')
    const { fingerprintOf } = await import('../../src/gate/tell-counterexample.ts')
    const trace = verdicts[promise].trace.with(2, 'thread 1: does something else')
    verdicts[promise] = { ...verdicts[promise], trace, fingerprint: fingerprintOf(trace) }
    folder.write(JSON.stringify(json))
    const [lax, strict] = [await folder.gate(), await folder.gate(['--strict-traces'])]
    expect(lax).toMatchObject({ status: 0, stdout: expect.stringMatching(/^TRACE CHANGED/) })
    expect(lax.stdout).toContain('they part at step 3')
    expect(lax.stdout).toContain('    - thread 1: does something else\n')
    expect(strict.status).toBe(1)
  })

  it('is a cell that the manifest does not have, and one that it alone has', async () => {
    const folder = gateFolder()
    await folder.gate(['--init', ...small])
    folder.replace('"no-fatal-error": ', '"no-fatal-eror": ')
    const { status, stdout } = await folder.gate()
    expect(status).toBe(1)
    expect(stdout).toMatch(/NOT IN THE MANIFEST {2}.* no-fatal-error /)
    expect(stdout).toMatch(/NO LONGER JUDGED {2}.* no-fatal-eror /)
  })

  it('goes into files, and on GitHub beside the lines it belongs to', async () => {
    const folder = gateFolder('examples/gate')
    folder.apply('breaks-mod-wsgi.patch')
    const summary = join(folder.path, 'summary.md')
    const environment = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary, GITHUB_WORKSPACE: folder.path }
    const files = ['--markdown', 'gate.md', '--sarif', 'gate.sarif', '--junit', 'gate.xml']
    const { status, stdout } = await folder.gate(files, { environment })
    const line =
      folder
        .read('design.ts')
        .split('\n')
        .findIndex((each) => each.includes("name: 'plain'")) + 1
    expect(status).toBe(1)
    expect(stdout).toContain(`\n::error file=design.ts,line=${line},title=gilproof%3A New violation::`)
    expect(readFileSync(summary, 'utf8')).toBe(folder.read('gate.md'))
    expect(folder.read('gate.md')).toContain('## ❌ gilproof gate')
    expect(JSON.parse(folder.read('gate.sarif')).runs[0].results[0].ruleId).toBe('new-violation')
    expect(folder.read('gate.xml')).toContain('<testsuites name="gilproof gate" tests="80" failures=')
  })

  it('is one document with --json, on GitHub too', async () => {
    const folder = gateFolder()
    await folder.gate(['--init', ...small])
    const { status, stdout } = await folder.gate(['--json'], { environment: { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: '' } })
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'gilproof-gate-result', outcome: 'as-expected', changes: [] })
  })
})

describe('a budget', () => {
  it('is honoured: what it leaves out is undecided, and never recorded', async () => {
    const folder = gateFolder('examples/gate')
    const before = folder.read()
    const spent = await folder.gate(['--budget', '0.01s', '--json'])
    const update = await folder.gate(['--update', '--budget', '0.01s'])
    expect(spent.status).toBe(3)
    const { outcome, changes } = JSON.parse(spent.stdout)
    expect(outcome).toBe('undecided')
    expect(changes).toHaveLength(80)
    expect(changes[0].found).toEqual({ verdict: 'undecided', isLeftOut: true, reason: 'the budget of 0.01s was spent' })
    expect(update).toMatchObject({ status: 3, stdout: expect.stringContaining('not written') })
    expect(folder.read()).toBe(before)
    expect((await folder.gate(['--budget', '1h'])).status).toBe(0)
  })
})

describe('shards', () => {
  it('say together what one run says', async () => {
    const folder = gateFolder('examples/gate')
    folder.apply('breaks-mod-wsgi.patch')
    const whole = await folder.gate(['--json'])
    for (const index of [1, 2]) folder.write((await folder.gate(['--shard', `${index}/2`, '--json'])).stdout, `${index}.json`)
    const merged = await folder.gate(['--merge', '1.json', '2.json', '--json'])
    const half = await folder.gate(['--merge', '1.json'])
    const twice = await folder.gate(['--merge', '1.json', '1.json'])
    expect(merged).toMatchObject({ status: 1, stdout: whole.stdout })
    expect(half).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('shard 2/2 is missing') })
    expect(twice.status).toBe(2)
  })
})

describe('a file of the user', () => {
  const twoReadings = (second: string, says = 'The same.'): string => `
    import { cpython32, defineClient, defineDesign } from 'gilproof/cpython'
    export const client = defineClient({ name: 'mine', says: 'Mine.', write: (stage) => {
      stage.setUp()
      for (const thread of stage.threads) { stage.whenReady(thread); thread.callback(stage.mainInterpreter) }
    } })
    export default defineDesign({ name: 'two', says: '${says}', readings: [
      { name: 'one', says: 'As released.', policy: cpython32 },
      { name: 'other', says: 'Another.', policy: { ...cpython32, ${second} } },
    ] })`

  it('is judged again only where a change of it changes a model', async () => {
    const folder = gateFolder()
    folder.write(twoReadings("attachRecords: 'interpreter'"), 'two.ts')
    const first = await folder.gate(['--init', '--module', 'two.ts', '--threads', '1', '--interpreters', '1'])
    const warm = await folder.gate()
    folder.write(twoReadings("attachRecords: 'interpreter'", 'In other words.'), 'two.ts')
    const reworded = await folder.gate()
    folder.write(twoReadings("attachRecords: 'thread-state'"), 'two.ts')
    const changed = await folder.gate()
    expect([first, warm, reworded, changed].map(judgedIn)).toEqual([2, 0, 0, 1])
    expect(warm.status).toBe(0)
  })

  it('that is wrong is told with its place', async () => {
    const folder = gateFolder()
    folder.write(twoReadings("attachRecords: 'interpreter'"), 'two.ts')
    await folder.gate(['--init', '--module', 'two.ts', '--threads', '1', '--interpreters', '1'])
    folder.replace('stage.setUp()', "throw new Error('boom')", 'two.ts')
    const { status, stdout, stderr } = await folder.gate()
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/MC605: reading two\.\w+, client mine: .*boom/)
  })
})

describe('gate refuses', () => {
  it.each([
    [['nowhere.json'], 'MC611', 'gilproof gate --init'],
    [['--design', 'status-quo'], 'MC607', 'the manifest says what it covers'],
    [['--threads', '3'], 'MC607', 'the manifest says what it covers'],
    [['--init', '--update'], 'MC607', '--init'],
    [['--update', '--shard', '1/2'], 'MC607', 'records everything'],
    [['--update', '--strict-traces'], 'MC607', '--strict-traces'],
    [['--merge', 'a.json', '--jobs', '1'], 'MC607', 'judges nothing'],
    [['--merge', 'a.json'], 'MC612', 'a.json'],
    [['--merge', manifestName], 'MC612', manifestName],
    [['--shard', '3/2'], 'MC607', 'such as 1/4'],
    [['--budget', '5'], 'MC607', 'such as 90s'],
    [['--markdown', 'no/folder/gate.md'], 'MC606', 'gate.md'],
  ])('%j', async (options, code, says) => {
    const folder = gateFolder('examples/gate')
    folder.replace('"clients": [', '"properties": ["no-deadlock"], "clients": [')
    const { status, stderr } = await folder.gate(options)
    expect(status).toBe(2)
    expect(stderr).toContain(code)
    expect(stderr).toContain(says)
  })

  it('a manifest with a design that there is not, or bounds that are too large', async () => {
    const folder = gateFolder()
    await folder.gate(['--init', ...small])
    const before = folder.read()
    folder.replace('"status-quo"', '"status-qou"')
    expect(await folder.gate()).toMatchObject({ status: 2, stderr: expect.stringContaining('Did you mean "status-quo"?') })
    folder.write(before.replace('"bounds": "1.1.1"}', '"bounds": "1.1.9"}'))
    expect(await folder.gate()).toMatchObject({ status: 2, stderr: expect.stringContaining('MC603') })
  })
})
