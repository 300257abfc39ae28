import { describe, expect, it } from 'vitest'
import { gilproof } from './built-program.ts'

const escapeCharacter = String.fromCharCode(27)
const small = ['--threads', '1', '--interpreters', '1']
const statusQuo = ['check', '--design', 'status-quo', '--client']

describe('gilproof check', () => {
  it('ends with 0 where every promise holds', async () => {
    const { status, stdout } = await gilproof([...statusQuo, 'callback-from-fresh-thread', ...small])
    expect(status).toBe(0)
    expect(stdout).toMatch(/all \d+ reachable states seen/)
    expect(stdout).not.toContain('violated')
  })

  it('ends with 1 and tells the trace where a promise is violated', async () => {
    const { status, stdout } = await gilproof([...statusQuo, 'attach-twice', '--property', 'no-deadlock', ...small])
    expect(status).toBe(1)
    expect(stdout).toMatch(/violated +no-deadlock +\d+ steps/)
    expect(stdout).toMatch(/Replay: gilproof replay gp1:status-quo\.cpython-3\.2:attach-twice:no-deadlock:1\.1\.1:/)
  })

  it('ends with 3 where a limit was hit, and says which', async () => {
    const { status, stdout } = await gilproof([...statusQuo, 'callback-from-fresh-thread', '--max-states', '10'])
    expect(status).toBe(3)
    expect(stdout).toContain('only 10 states seen: 10 states')
    expect(stdout).not.toMatch(/\bsafe\b/)
  })

  it('never says that anything holds after random walks, and repeats them by their seed', async () => {
    const walk = [...statusQuo, 'callback-from-fresh-thread', ...small, '--search', 'random-walk', '--seed', '7', '--walks', '20', '--json']
    const [first, second] = await Promise.all([gilproof(walk), gilproof(walk)])
    expect(first.status).toBe(3)
    expect(first.stdout).toBe(second.stdout)
    const { findings } = JSON.parse(first.stdout)
    expect(new Set(findings.map((finding: { status: string }) => finding.status))).toEqual(new Set(['undecided']))
  })

  it('finds the same with the reference engine and without merging steps', async () => {
    const asked = [...statusQuo, 'attach-twice', '--property', 'no-deadlock', 'no-fatal-error', ...small, '--json']
    const runs = await Promise.all([[], ['--engine', 'reference'], ['--no-merge']].map((options) => gilproof([...asked, ...options])))
    const found = runs.map(({ stdout }) =>
      JSON.parse(stdout).findings.map(({ status, evidence }: { status: string; evidence?: unknown }) => ({ status, evidence })),
    )
    expect(found[1]).toEqual(found[0])
    expect(found[2]).toEqual(found[0])
    expect(JSON.parse(runs[1]?.stdout ?? '').search.engine).toBe('reference')
  })

  it('finds the same in WebAssembly with one thread and with two, in a model large enough for both to help', async () => {
    const asked = [...statusQuo, 'nested-callback-while-attached', '--threads', '2', '--rounds', '2', '--property', 'no-deadlock', '--json']
    const engines = [['javascript'], ['webassembly'], ['webassembly', '--workers', '2']]
    const runs = await Promise.all(engines.map((engine) => gilproof([...asked, '--engine', ...engine])))
    const [javascript, alone, together] = runs.map(({ stdout }) => JSON.parse(stdout).findings)
    expect(javascript[0].search.distinctStates).toBeGreaterThan(10_000)
    expect(alone).toEqual(javascript)
    expect(together).toEqual(javascript)
  })

  it('explores threads that do the same in one order, says which they are, and what every reduction saved', async () => {
    const asked = [...statusQuo, 'callback-from-fresh-thread', '--threads', '3', '--property', 'no-deadlock', 'slots-never-dangle']
    const [plain, reduced] = await Promise.all([gilproof([...asked, '--json']), gilproof([...asked, '--symmetry', '--savings', '--json'])])
    expect(JSON.parse(plain.stdout).reductions).toBeUndefined()
    const { findings, reductions, search } = JSON.parse(reduced.stdout)
    const verdictsOf = (told: readonly { status: string; evidence?: unknown }[]): unknown =>
      told.map(({ status, evidence }) => ({ status, evidence }))
    expect(verdictsOf(findings)).toEqual(verdictsOf(JSON.parse(plain.stdout).findings))
    expect(search.symmetry).toBe(true)
    expect(reductions[0].symmetry).toEqual({ interchangeable: [['thread 1', 'thread 2', 'thread 3']], obstacles: [] })
    const [merging, renaming, symmetry] = reductions[0].savings
    expect([merging.reduction, renaming.reduction, symmetry.reduction]).toEqual([
      'merging steps',
      'renaming identities',
      'symmetry of threads',
    ])
    expect(symmetry.without.distinctStates).toBe(JSON.parse(plain.stdout).findings[0].search.distinctStates)
    expect(symmetry.with * 5).toBeLessThan(symmetry.without.distinctStates)
    expect(merging.with * 2).toBeLessThan(merging.without.distinctStates)
    expect(renaming.with).toBeLessThan(renaming.without.distinctStates)
    expect(reductions[0].savings.flatMap(({ disagreements }: { disagreements: string[] }) => disagreements)).toEqual([])
  })

  it('says what tells threads apart where no two are interchangeable', async () => {
    const { stdout } = await gilproof([...statusQuo, 'attach-twice', '--threads', '3', '--property', 'no-deadlock', '--symmetry'])
    expect(stdout).toContain('no two threads are interchangeable: "thread 1" and "thread 2" do the same, but action "main thread makes')
  })

  it('prints the code of one cell, and of no more', async () => {
    const one = await gilproof([...statusQuo, 'attach-twice', ...small, '--print-generated', 'webassembly'])
    expect([one.status, one.stdout.slice(0, 8)]).toEqual([0, '(module\n'])
    const limited = await gilproof([
      ...statusQuo,
      'attach-twice',
      ...small,
      '--print-generated',
      'webassembly',
      '--max-states',
      '9',
      '--json',
    ])
    expect([limited.status, limited.stdout]).toEqual([2, ''])
    expect(limited.stderr).toContain('Leave out --json, --max-states.')
    const many = await gilproof(['check', '--design', 'status-quo', '--print-generated', 'javascript'])
    expect([many.status, many.stdout]).toEqual([2, ''])
    expect(many.stderr).toMatch(/MC607: --print-generated: found \d+ cells; expected one client on one reading/)
  })

  it('refuses several threads where only one can search', async () => {
    const { status, stderr } = await gilproof([...statusQuo, 'attach-twice', '--engine', 'javascript', '--workers', '2'])
    expect(status).toBe(2)
    expect(stderr).toContain('MC204')
  })

  it('prints one JSON document and nothing else', async () => {
    const { stdout, stderr } = await gilproof([...statusQuo, 'attach-twice', '--property', 'no-deadlock', ...small, '--json'])
    const [finding] = JSON.parse(stdout).findings
    expect(stderr).toBe('')
    expect(finding).toMatchObject({
      cell: { client: 'attach-twice', property: 'no-deadlock', bounds: { threads: 1, interpreters: 1, rounds: 1 } },
      status: 'violated',
      search: { coverage: 'exhaustive' },
    })
  })

  it('uses no colours without a terminal, unless they are forced', async () => {
    const asked = [...statusQuo, 'attach-twice', '--property', 'no-deadlock', ...small]
    const [plain, forced, refused] = await Promise.all([
      gilproof(asked),
      gilproof(asked, { environment: { FORCE_COLOR: '1' } }),
      gilproof(asked, { environment: { FORCE_COLOR: '1', NO_COLOR: '1' } }),
    ])
    expect(plain.stdout).not.toContain(escapeCharacter)
    expect(forced.stdout).toContain(escapeCharacter)
    expect(refused.stdout).not.toContain(escapeCharacter)
  })

  it('ends with 3 on Ctrl-C in a long search', async () => {
    const { status, stderr } = await gilproof(
      [...statusQuo, 'most-general-rude', '--threads', '3', '--rounds', '4', '--property', 'check-tells-the-truth'],
      {
        interruptAfter: 8_000,
      },
    )
    expect(status).toBe(3)
    expect(stderr).toContain('Interrupted')
  })
})
