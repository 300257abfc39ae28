import { beforeAll, describe, expect, it } from 'vitest'
import { gilproof } from './built-program.ts'

const deadlock = 'check --design status-quo --client attach-twice --property no-deadlock --threads 1 --interpreters 1 --json'.split(' ')
let code = ''

beforeAll(async () => {
  const { stdout } = await gilproof(deadlock)
  code = JSON.parse(stdout).findings[0].evidence.replayCode
})

describe('gilproof explain', () => {
  it('explains a counterexample, part by part, without colours where nobody watches', async () => {
    const { status, stdout, stderr } = await gilproof(['explain', code])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const headings = stdout.split('\n').filter((line) => /^\S/.test(line))
    expect(headings).toEqual([
      'Deadlock: attach-twice on status-quo.cpython-3.2',
      'Which steps matter',
      'Who waits for whom',
      'What would have prevented it in this schedule',
      'With fewer threads or context switches',
    ])
    expect(stdout).toContain('thread 1 waits for itself.')
  })

  it('sets headings off on a terminal', async () => {
    const { stdout } = await gilproof(['explain', code], { environment: { FORCE_COLOR: '1' } })
    expect(stdout).toContain('\u001b[1mWhich steps matter\u001b[22m')
  })

  it('says the same as JSON, in a shape that stays', async () => {
    const { status, stdout } = await gilproof(['explain', code, '--json'])
    expect(status).toBe(0)
    const explanation = JSON.parse(stdout)
    expect(Object.keys(explanation)).toEqual(['cell', 'deadlock', 'otherTrace', 'preventions', 'replayCode', 'steps', 'story', 'violation'])
    expect(explanation).toMatchObject({ replayCode: code, deadlock: { cycle: ['thread 1'], ended: [] }, steps: { canBeLeftOut: [] } })
  })

  it('ends with 3 and says so when a search for a simpler trace was cut short', async () => {
    const { status, stdout } = await gilproof(['explain', code, '--max-states', '2'])
    expect(status).toBe(3)
    expect(stdout.replace(/\s+/g, ' ')).toContain('Cut short, so that simpler ones may exist: main thread alone: 2 states')
  })

  it('refuses a damaged code', async () => {
    const { status, stdout, stderr } = await gilproof(['explain', code.slice(0, -3)])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain('MC501')
  })
})
