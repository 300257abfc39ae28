import { describe, expect, it } from 'vitest'
import { gilproof } from './built-program.ts'

describe('the command line', () => {
  it('teaches with examples', async () => {
    const commands = ['prove', 'check', 'compare', 'replay', 'explain', 'report', 'export', 'gate', 'conform', 'list']
    const helps = await Promise.all([[], ...commands.map((command) => [command])].map((path) => gilproof([...path, '--help'])))
    for (const { status, stdout, stderr } of helps) {
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      expect(stdout).toContain('Examples:\n  $ gilproof ')
    }
  })

  it('shows the help and ends with 2 when nothing is asked', async () => {
    const { status, stdout, stderr } = await gilproof([])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain('Usage: gilproof')
  })

  it.each([
    [['prov'], 'MC607', 'prove'],
    [['check', '--clent', 'attach-twice'], 'MC607', '--client'],
    [['check', '--client'], 'MC607', 'argument missing'],
    [['check'], 'MC607', 'neither a design nor a client nor a file'],
    [['check', '--design', 'status-qou'], 'MC601', 'Did you mean "status-quo"?'],
    [['check', '--client', 'atach-twice'], 'MC602', 'Did you mean "attach-twice"?'],
    [['check', '--client', 'attach-twice', '--property', 'no-deadlok'], 'MC401', 'Did you mean "no-deadlock"?'],
    [['compare', 'status-quo', 'nobody'], 'MC601', 'there are: status-quo'],
    [['list', 'client'], 'MC607', 'clients'],
    [['check', '--client', 'attach-twice', '--threads', '0'], 'MC603', 'from 1 to 6'],
    [['check', '--client', 'attach-twice', '--threads', '1000000000'], 'MC603', 'The largest accepted is 6.'],
    [['check', '--client', 'attach-twice', '--rounds', '1.5'], 'MC603', 'found "1.5"; expected a whole number'],
    [['check', '--client', 'attach-twice', '--interpreters', 'two'], 'MC603', 'found "two"'],
    [['check', '--client', 'attach-twice', '--seed', '3'], 'MC607', 'a breadth-first search has no walks'],
    [['check', '--client', 'attach-twice', '--search', 'random-walk', '--symmetry'], 'MC607', 'a random walk does not explore every state'],
    [['check', '--client', 'attach-twice', '--max-states', '0'], 'MC607', '--max-states'],
    [['prove', '--jobs', '0'], 'MC607', '--jobs'],
    [['prove', '--full', '--threads', '3'], 'MC607', '--full'],
    [['prove', '--claims-only', '--out', 'reports'], 'MC607', 'writes nothing'],
    [['report'], 'MC607', 'neither a replay code nor --state-graph'],
  ])('refuses %j', async (options, code, text) => {
    const { status, stdout, stderr } = await gilproof(options)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(code)
    expect(stderr).toContain(text)
  })

  it('lists what there is, as text and as JSON', async () => {
    const names = ['designs', 'readings', 'clients', 'properties', 'claims']
    const lists = await Promise.all(names.map((name) => gilproof(['list', name, '--json'])))
    for (const { status, stdout } of lists) {
      expect(status).toBe(0)
      expect(JSON.parse(stdout)).toBeInstanceOf(Array)
    }
    const { stdout } = await gilproof(['list', 'designs'])
    expect(stdout).toMatch(/^THE DEBATE OF 2010 AND 2011\n\nstatus-quo /)
  })
})
