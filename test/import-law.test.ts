import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const configFile = '.dependency-cruiser.cjs'

interface Rule {
  readonly name: string
  readonly comment: string
}
const rules: readonly Rule[] = createRequire(import.meta.url)(join(root, configFile)).forbidden

/** The command of `npm run import-law`, with another output. */
function cruise(folder: string, output: 'err-long' | 'json'): { readonly status: number | null; readonly text: string } {
  const options = ['--config', configFile, '--output-type', output, '.']
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/depcruise'), options, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  return { status, text: stdout + stderr }
}

interface Cruised {
  readonly modules: readonly {
    readonly source: string
    readonly dependencies: readonly { readonly resolved: string; readonly dependencyTypes: readonly string[] }[]
  }[]
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[]
  }
}

const planted: string[] = []
afterEach(() => {
  for (const folder of planted.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** Makes a folder with our configuration and these files (path to text). */
function plant(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'gilproof-import-law-'))
  planted.push(folder)
  copyFileSync(join(root, configFile), join(folder, configFile))
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

const thing = 'export interface Thing {}\n'

/** Two files: the first imports a type from the second. */
function typeImport(from: string, to: string): Record<string, string> {
  const path = `${'../'.repeat(from.split('/').length - 1)}${to}`
  return { [to]: thing, [from]: `import type { Thing } from '${path}'\nexport type Planted = Thing\n` }
}

function packageImport(from: string, name: string): Record<string, string> {
  return { [from]: `import * as planted from '${name}'\nexport const use = planted\n` }
}

const circle = {
  'src/model/language/egg.ts': "import type { Thing } from './hen.ts'\nexport interface Egg { readonly from: Thing }\n",
  'src/model/language/hen.ts': "import type { Egg } from './egg.ts'\nexport interface Thing { readonly from: Egg }\n",
}

/** For each rule something that breaks it: the file that does, and all files that are needed. */
const offences: Readonly<Record<string, readonly [offender: string, files: Readonly<Record<string, string>>]>> = {
  'no-cycles': ['src/model/language/egg.ts', circle],
  ...offence('foundation-knows-nothing', 'src/foundation/a.ts', 'src/model/language/thing.ts'),
  ...offence('model-language-not-up', 'src/model/language/b.ts', 'src/checker/thing.ts'),
  ...offence('properties-language-not-up', 'src/properties/language/c.ts', 'src/model/cpython/thing.ts'),
  ...offence('model-program-not-up', 'src/model/program/d.ts', 'src/model/cpython/thing.ts'),
  ...offence('model-cpython-not-up', 'src/model/cpython/gil/e.ts', 'src/model/designs/thing.ts'),
  ...offence('designs-not-up', 'src/model/designs/f.ts', 'src/model/clients/thing.ts'),
  ...offence('clients-not-up', 'src/model/clients/g.ts', 'src/model/designs/thing.ts'),
  ...offence('scenarios-not-up', 'src/model/scenarios/h.ts', 'src/properties/catalog/thing.ts'),
  ...offence('catalog-not-across', 'src/properties/catalog/i.ts', 'src/model/scenarios/thing.ts'),
  ...offence('checker-not-cpython', 'src/checker/j.ts', 'src/model/cpython/thing.ts'),
  ...offence('checker-not-up', 'src/checker/k.ts', 'src/report/thing.ts'),
  ...offence('report-not-cpython', 'src/report/l.ts', 'src/model/scenarios/thing.ts'),
  ...offence('report-not-up', 'src/report/m.ts', 'src/cli/thing.ts'),
  ...offence('page-script-alone', 'src/report/html/client/mm.ts', 'src/report/thing.ts'),
  ...offence('report-and-export-apart', 'src/report/n.ts', 'src/export/thing.ts'),
  ...offence('judge-not-up', 'src/judge/gg.ts', 'src/cli/thing.ts'),
  ...offence('nothing-below-knows-judge', 'src/report/hh.ts', 'src/judge/thing.ts'),
  ...offence('gate-not-up', 'src/gate/mm.ts', 'src/judge/thing.ts'),
  ...offence('nothing-below-knows-gate', 'src/judge/nn.ts', 'src/gate/thing.ts'),
  ...offence('checker-order-trace', 'src/checker/trace/o.ts', 'src/checker/explore/thing.ts'),
  ...offence('checker-order-store', 'src/checker/store/p.ts', 'src/checker/reduce/thing.ts'),
  ...offence('checker-order-reduce', 'src/checker/reduce/q.ts', 'src/checker/explore/thing.ts'),
  ...offence('checker-order-explore', 'src/checker/explore/r.ts', 'src/checker/liveness/thing.ts'),
  ...offence('checker-order-liveness', 'src/checker/liveness/s.ts', 'src/checker/check.ts'),
  ...offence('no-inner-barrel', 'src/cli/t.ts', 'src/index.ts'),
  ...offence('entry-not-shell', 'src/model.ts', 'src/cli/thing.ts'),
  ...offence('conformance-not-cli', 'src/conformance/u.ts', 'src/cli/thing.ts'),
  ...offence('conformance-sides-apart', 'src/conformance/subject/ii.ts', 'src/conformance/predict/thing.ts'),
  ...offence('conformance-model-side', 'src/conformance/predict/jj.ts', 'src/conformance/subject/thing.ts'),
  ...offence('generate-not-compare', 'src/conformance/generate/kk.ts', 'src/conformance/compare/thing.ts'),
  ...offence('shipped-not-tooling', 'src/cli/v.ts', 'test/support/thing.ts'),
  ...packageOffence('node-only-in-shell', 'src/model/language/w.ts', 'node:fs'),
  ...packageOffence('ts-pattern-home', 'src/checker/x.ts', 'ts-pattern'),
  ...packageOffence('graphology-home', 'src/report/y.ts', 'graphology'),
  ...packageOffence('fast-check-home', 'src/cli/z.ts', 'fast-check'),
  ...packageOffence('graph-writers-home', 'src/cli/aa.ts', 'ts-graphviz'),
  ...packageOffence('assembler-home', 'src/checker/compile/webassembly/ll.ts', 'wabt'),
  ...packageOffence('terminal-home', 'src/report/bb.ts', 'ansis'),
  ...packageOffence('zod-home', 'src/model/language/cc.ts', 'zod'),
  ...packageOffence('foundation-packages-home', 'src/cli/dd.ts', 'pure-rand/generator/xoroshiro128plus'),
  ...packageOffence('only-declared-packages', 'src/cli/ee.ts', 'typescript'),
  ...packageOffence('resolvable', 'src/cli/ff.ts', './nowhere.ts'),
}

function offence(rule: string, from: string, to: string) {
  return { [rule]: [from, typeImport(from, to)] as const }
}

function packageOffence(rule: string, from: string, name: string) {
  return { [rule]: [from, packageImport(from, name)] as const }
}

describe('the import law', () => {
  it.each(['checker-not-cpython', 'report-not-up', 'model-language-not-up', 'node-only-in-shell', 'no-cycles'])(
    'refuses with an explanation: %s',
    (name) => {
      const files = offences[name]?.[1] ?? {}
      const { comment } = rules.find((rule) => rule.name === name) ?? { comment: 'no such rule' }

      const { status, text } = cruise(plant(files), 'err-long')

      expect(status).not.toBe(0)
      expect(text.replace(/\s+/g, ' ')).toContain(comment)
    },
  )

  it('has an offence here for every rule', () => {
    expect(Object.keys(offences)).toEqual(rules.map((rule) => rule.name))
  })

  it('sees each rule broken', () => {
    const files = Object.assign({}, ...Object.values(offences).map(([, offending]) => offending))

    const { summary } = JSON.parse(cruise(plant(files), 'json').text) as Cruised

    const seen = new Set(summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`))
    const unseen = Object.entries(offences).filter(([name, [offender]]) => !seen.has(`${name}: ${offender}`))
    expect(unseen.map(([name]) => name)).toEqual([])
  })

  it('allows imports that point down', () => {
    const folder = plant({
      ...typeImport('src/checker/explore/a.ts', 'src/checker/store/thing.ts'),
      ...typeImport('src/report/b.ts', 'src/checker/trace/thing.ts'),
      ...typeImport('src/model/scenarios/c.ts', 'src/model/designs/status-quo.ts'),
      ...typeImport('src/model/clients/d.ts', 'src/model/designs/design.ts'),
      ...typeImport('src/properties/catalog/e.ts', 'src/model/cpython/thing.ts'),
      ...typeImport('src/judge/j.ts', 'src/report/thing.ts'),
      ...typeImport('src/judge/k.ts', 'src/model/scenarios/thing.ts'),
      ...typeImport('src/gate/l.ts', 'src/report/thing.ts'),
      ...typeImport('src/cli/f.ts', 'proofs/thing.ts'),
      ...typeImport('proofs/g.ts', 'src/properties/catalog/thing.ts'),
      ...typeImport('test/h.ts', 'src/index.ts'),
      ...packageImport('src/cli/i.ts', 'node:fs'),
    })

    expect(cruise(folder, 'err-long')).toMatchObject({ status: 0 })
  })

  it('is kept by this project, and every source file was read, types included', () => {
    const { modules, summary } = JSON.parse(cruise(root, 'json').text) as Cruised

    const read = modules.map((module) => module.source)
    const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
    expect(sources.filter((path) => !read.includes(`src/${path}`))).toEqual([])
    expect(modules.find((module) => module.source === 'src/foundation/diagnostic.ts')?.dependencies).toMatchObject([
      { resolved: 'src/foundation/error-codes.ts' },
    ])
    expect(summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)).toEqual([])
  })
})
