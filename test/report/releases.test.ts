import { describe, expect, it } from 'vitest'
import type { CellStatus, Finding } from '../../src/report/finding.ts'
import { releasesFiles } from '../../src/report/releases/releases-files.ts'
import type { ConformanceFigures, ReleasesInput, ReleaseText } from '../../src/report/releases/releases-input.ts'
import type { ClientText, PromiseText } from '../../src/report/report-input.ts'
import { bounds, evidence, vocabulary } from './sample.ts'

const releases: readonly ReleaseText[] = ['1.0', '1.1', '1.2'].map((short) => {
  const name = `python-${short}.release`
  const reading = {
    name,
    design: `python-${short}`,
    designTitle: `Python ${short}`,
    by: 'its authors',
    designSays: 'Something.',
    says: 'As released.',
    isVariation: false,
    differences: [],
  }
  return { name, short, versions: short, says: `New in ${short}.`, reading, vocabulary }
})
const client = (name: string, kind: ClientText['kind']): ClientText => ({ name, title: `the ${name}`, says: 'Does it.', kind })
const clients = [client('polite', 'unmodified'), client('rude', 'wrong')]
const promise = (name: string): PromiseText => ({
  name,
  violation: `${name} is broken`,
  says: `It is ${name}.`,
  promisedBy: 'the documentation',
  consequence: 'It crashes.',
})
const promises = [promise('kept'), promise('open'), promise('repaired'), promise('abused')]

/** Statuses of one promise for the polite and the rude client, release by release. */
const statuses: Readonly<Record<string, readonly (readonly [CellStatus, CellStatus])[]>> = {
  kept: [
    ['safe', 'safe'],
    ['safe', 'safe'],
    ['safe', 'never-exercised'],
  ],
  open: [
    ['safe', 'safe'],
    ['safe', 'safe'],
    ['undecided', 'safe'],
  ],
  repaired: [
    ['violated', 'safe'],
    ['violated', 'safe'],
    ['safe', 'safe'],
  ],
  abused: [
    ['safe', 'violated'],
    ['safe', 'violated'],
    ['safe', 'violated'],
  ],
}

const findings = releases.flatMap(({ name: reading }, position) =>
  clients.flatMap(({ name }, which) =>
    promises.map(({ name: property }): Finding => {
      const status = statuses[property]?.[position]?.[which] ?? 'not-applicable'
      return { cell: { reading, client: name, property, bounds }, status, ...(status === 'violated' && position === 0 ? { evidence } : {}) }
    }),
  ),
)
const input: ReleasesInput = {
  bounds,
  releases,
  clients,
  promises,
  findings,
  newest: { own: new Set(), repeated: new Set(), revisions: [] },
  conformance: [],
}
const conformed: ConformanceFigures = {
  subject: 'a build',
  version: '1.0',
  profile: '1.0',
  schedules: 1_000,
  steps: 5_000,
  disagreements: 0,
  inexact: 3,
  covered: 7,
  statements: 9,
  uncovered: [
    { statement: 'f: never', because: 'nobody calls it' },
    { statement: 'g: rare', because: undefined },
  ],
}
const page = releasesFiles(input).get('releases.md') ?? ''

describe('the report of the releases', () => {
  it('says that a promise is kept by every release only where every search decided so', () => {
    expect(page).toContain('**Kept by every release** that it can be asked of: `kept` and `abused`.')
    expect(page).toContain('**Not seen broken in any release**, but some searches were cut short: `open`.')
  })

  it('tells what the rude see apart from what CPython does to programs that keep the rules', () => {
    expect(page).toMatch(/`abused`<br>It is abused\. \| \[✅ \(1\)\]\(releases\/python-1\.0\.release\/rude\/abused\.md\)/)
    expect(page).not.toMatch(/\*\*Broken by every release\*\*.*abused/)
  })

  it('has one page for releases in a row that break a promise, and tells where it is repaired', () => {
    expect([...releasesFiles(input).keys()].sort()).toEqual([
      'releases.md',
      'releases/python-1.0.release/polite/repaired.md',
      'releases/python-1.0.release/rude/abused.md',
    ])
    expect(page).toContain('[1.0 to 1.1](releases/python-1.0.release/polite/repaired.md)')
    expect(page).toContain('**1.1 → 1.2** repairs 1 cell of 1 program and breaks nothing.')
    expect(page).toContain('**1.0 → 1.1** changes no verdict that both have. New in 1.1.')
  })

  it('counts no change where one of the two is undecided', () => {
    expect(page).not.toMatch(/### 1\.1 → 1\.2[^#]*open/)
  })

  it('adds up how far the model was compared with CPython, where it was', () => {
    const other = { ...conformed, subject: 'another', uncovered: conformed.uncovered.slice(1) }
    const text = releasesFiles({ ...input, conformance: [conformed, other] }).get('releases.md')
    expect(text).toContain('by 2 builds of CPython, step by step: 2,000 sequences, 10,000 steps, no disagreement.')
    expect(text).toMatch(/`f: never` *\| a build *\| nobody calls it/)
    expect(text).toMatch(/`g: rare` *\| all *\| it was not drawn/)
    expect(page).not.toContain('agrees with CPython')
  })

  it('says how fast each build was compared, and on what machine, where that was measured', () => {
    const measured = { ...conformed, speed: { schedulesPerSecond: 1_234, processors: 2 } }
    const text = releasesFiles({ ...input, conformance: [measured, conformed] }).get('releases.md')
    expect(text).toMatch(/statements of the model run *\| *sequences per second/)
    expect(text).toMatch(/7 of 9 *\| *1,234 *\|\n/)
    expect(text).toContain('on a machine with 2 processors.')
    expect(releasesFiles({ ...input, conformance: [conformed] }).get('releases.md')).not.toContain('per second')
  })
})
