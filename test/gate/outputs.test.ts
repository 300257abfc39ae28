import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { publishedSchemas } from '../../scripts/published-schemas.ts'
import { gateLines } from '../../src/cli/gate/gate-lines.ts'
import { gateMarkdown } from '../../src/gate/gate-markdown.ts'
import type { PlaceOf } from '../../src/gate/gate-result.ts'
import { githubAnnotations, withoutCommands } from '../../src/gate/github-annotations.ts'
import { gateJunit } from '../../src/gate/junit.ts'
import { manifestText } from '../../src/gate/manifest-text.ts'
import { resultDocument } from '../../src/gate/result-document.ts'
import { gateSarif } from '../../src/gate/sarif.ts'
import { replayCommandOf } from '../../src/gate/say-change.ts'
import { cell, everyChange, expected, holds, manifestOf, resultOf, undecided, violated } from './sample.ts'

const same = (text: string): string => text
const palette = { good: same, bad: same, doubtful: same, strong: same, faint: same }
const placeOf: PlaceOf = () => ({ file: 'designs/my design.ts', line: 7 })
const result = everyChange()

function schemaOf(path: string): z.ZodType {
  return z.fromJSONSchema(JSON.parse(readFileSync(path, 'utf8')))
}

/** A violation whose words try to be something else. */
function hostile(words: string) {
  return resultOf(manifestOf(expected([holds('a')], words)), [violated('a', [words, `${words}\n::error::x`])])
}

describe('the published schemas', () => {
  it('are what the program checks with', () => {
    for (const [path, text] of publishedSchemas) expect(readFileSync(path, 'utf8')).toBe(text)
  })

  it('accept every manifest and result that is written, and refuse others', () => {
    const manifest = schemaOf('schemas/gate-manifest.schema.json')
    const document = schemaOf('schemas/gate-result.schema.json')
    expect(manifest.safeParse(JSON.parse(manifestText(manifestOf(expected([holds('a'), violated('b', ['x'])])))))).toMatchObject({
      success: true,
    })
    expect(manifest.safeParse(JSON.parse(readFileSync('examples/gate/gilproof.gate.json', 'utf8')))).toMatchObject({ success: true })
    expect(document.safeParse(resultDocument(result))).toMatchObject({ success: true })
    expect(manifest.safeParse(resultDocument(result)).success).toBe(false)
    expect(document.safeParse({ ...resultDocument(result), outcome: 'fine' }).success).toBe(false)
  })
})

describe('a result', () => {
  it('reads well on a terminal', async () => {
    await expect(`${gateLines(result, palette).join('\n')}\n`).toMatchFileSnapshot('../golden/gate/terminal.txt')
  })

  it('reads well in a comment', async () => {
    await expect(gateMarkdown(result)).toMatchFileSnapshot('../golden/gate/comment.md')
  })

  it('says nothing but counts when everything is as expected', () => {
    const cells = [holds('a'), violated('b', ['x'])]
    const lines = gateLines(resultOf(manifestOf(expected(cells)), cells), palette)
    expect(lines).toEqual(['As expected.  gilproof.gate.json', '2 cells as expected: 1 holds; 1 violated.'])
  })
})

it('names modules so that a shell takes them as they are', () => {
  const [change] = result.comparison.changes
  expect(change && replayCommandOf(change, ["it's $(x).ts", './b.ts'])).toBe(
    "gilproof replay --module 'it'\\''s $(x).ts' --module ./b.ts gp1:b-breaks",
  )
})

describe('what a run never came to', () => {
  const cells = Array.from({ length: 40 }, (_, i) => ({ ...undecided(`p${i % 2}`, true), cell: cell(`p${i % 2}`, `client-${i >> 1}`) }))
  const cut = resultOf(manifestOf([]), [...cells, violated('z', ['x'])])

  it('is told as one, after what changed', () => {
    const lines = gateLines(cut, palette)
    expect(lines[0]).toMatch(/^NOT IN THE MANIFEST/)
    expect(lines).toContain('LEFT OUT  40 cells of 20 searches: the budget of 1s was spent')
    expect(lines).toContain('    and 10 more')
    expect(lines.filter((line) => line.startsWith('UNDECIDED'))).toEqual([])
    expect(gateMarkdown(cut)).toContain('### ❔ Left out: 40 cells of 20 searches')
  })

  it('takes no annotation from what changed', () => {
    const lines = githubAnnotations(cut, placeOf)
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain('40 of them have no annotation')
  })
})

describe('a comment', () => {
  it('is never longer than GitHub takes, and says what it leaves out', () => {
    const steps = Array.from({ length: 60 }, (_, i) => `step ${i} ${'x'.repeat(60)}`)
    const cells = Array.from({ length: 400 }, (_, i) => violated(`p${i}`, steps))
    const page = gateMarkdown(resultOf(manifestOf([]), cells))
    expect(page.length).toBeLessThan(65_536)
    expect(page).toContain('The trace is left out')
    expect(page).toMatch(/\*\*And \d+ more\*\*/)
  })

  it('cannot be left by what a trace says', () => {
    const page = gateMarkdown(hostile('``` </details> <script>'))
    expect(page).toContain('````text\n')
    expect(page.split('````')).toHaveLength(3)
  })
})

describe('annotations', () => {
  it('are workflow commands with a place, an escaped text and a level', () => {
    const [first, ...others] = githubAnnotations(result, placeOf)
    expect(first).toMatch(
      /^::error file=designs\/my design\.ts,line=7,title=gilproof%3A New violation::mine\.plain \/ pool \/ b-breaks \(2\.2\.1\)\. /,
    )
    expect(others.map((line) => line.split(' ')[0])).toEqual(['::error', '::error', '::error', '::error', '::warning', '::notice'])
  })

  it('are one line each, whatever the words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (words) => {
        for (const line of githubAnnotations(hostile(words), () => ({ file: words, line: 1 }))) {
          expect(line).toMatch(/^::error [^\r\n]*$/)
          // Nothing of the file ends the properties early.
          expect(line.slice(2, line.indexOf('::', 2))).toContain(',line=1,title=gilproof%3A New violation')
        }
      }),
    )
  })

  it('escape what separates the properties of a command', () => {
    const [line] = githubAnnotations(result, () => ({ file: 'a,b:c%d.ts', line: 3 }))
    expect(line).toContain('file=a%2Cb%3Ac%25d.ts,line=3,')
  })

  it('are at most ten, the last of which counts the others', () => {
    const cells = Array.from({ length: 30 }, (_, i) => holds(`p${i}`))
    const lines = githubAnnotations(resultOf(manifestOf([]), cells), placeOf)
    expect(lines).toHaveLength(10)
    expect(lines.at(-1)).toContain('21 of them have no annotation')
  })

  it('do not come from other text of a log', () => {
    const log = withoutCommands('fine\n  ::set-env name=a::b\n::error::x\nin a line ::error:: it is none\n##[add-mask]x')
    expect(log.split('\n').filter((line) => line.trim().startsWith('::'))).toEqual([])
    expect(log).not.toContain('##[')
    expect(log).toContain('in a line ::error:: it is none')
  })
})

const location = z.looseObject({
  physicalLocation: z.strictObject({
    artifactLocation: z.strictObject({ uri: z.literal('designs/my%20design.ts') }),
    region: z.strictObject({ startLine: z.literal(7) }),
  }),
  logicalLocations: z.array(z.looseObject({ fullyQualifiedName: z.string() })).optional(),
  message: z.strictObject({ text: z.string() }).optional(),
})

/** What SARIF 2.1.0 requires of the parts that are used. */
const sarif = z.strictObject({
  $schema: z.string(),
  version: z.literal('2.1.0'),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.literal('gilproof'),
          version: z.string(),
          rules: z.array(
            z.strictObject({
              id: z.string(),
              shortDescription: z.strictObject({ text: z.string() }),
              help: z.strictObject({ text: z.string() }),
              defaultConfiguration: z.strictObject({ level: z.enum(['note', 'warning', 'error']) }),
            }),
          ),
        }),
      }),
      columnKind: z.literal('utf16CodeUnits'),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int(),
          level: z.enum(['note', 'warning', 'error']),
          message: z.strictObject({ text: z.string().min(1) }),
          locations: z.array(location).length(1),
          partialFingerprints: z.strictObject({ 'gilproofCell/v1': z.string() }),
          codeFlows: z
            .array(
              z.strictObject({
                message: z.strictObject({ text: z.string() }),
                threadFlows: z
                  .array(
                    z.strictObject({ id: z.string(), locations: z.array(z.strictObject({ executionOrder: z.int(), location })).min(1) }),
                  )
                  .min(1),
              }),
            )
            .optional(),
        }),
      ),
    }),
  ]),
})

describe('SARIF', () => {
  const [run] = sarif.parse(gateSarif(result, placeOf)).runs

  it('has a result for each change, under its rule', () => {
    expect(run.results.map(({ ruleId }) => ruleId)).toEqual(result.comparison.changes.map(({ kind }) => kind))
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
    expect(new Set(run.results.map(({ partialFingerprints }) => partialFingerprints['gilproofCell/v1'])).size).toBe(run.results.length)
  })

  it('tells a trace as a code flow with the C functions as logical locations', () => {
    const steps = run.results[0]?.codeFlows?.[0]?.threadFlows[0]?.locations ?? []
    expect(steps.map(({ executionOrder }) => executionOrder)).toEqual([1, 2])
    expect(steps[1]?.location.message?.text).toBe('2: thread 1: aborts')
    expect(steps[1]?.location.logicalLocations?.[0]?.fullyQualifiedName).toBe('CPython 3.2: Python/pystate.c: PyGILState_Ensure')
  })
})

/** Production 2 of XML 1.0. */
function mayStandInXml(code: number): boolean {
  const isBelow = code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0xd7ff)
  return isBelow || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000
}

describe('a JUnit report', () => {
  it('counts failures and errors as the gate does', () => {
    const report = gateJunit(result)
    expect(report).toContain('<testsuites name="gilproof gate" tests="8" failures="5" errors="1">')
    expect(report.match(/<failure /g)).toHaveLength(5)
    expect(report.match(/<error /g)).toHaveLength(1)
    expect(report.match(/<testcase /g)).toHaveLength(8)
  })

  it('has no character that XML cannot have', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (words) => {
        const report = gateJunit(hostile(words))
        expect([...report].filter((character) => !mayStandInXml(character.codePointAt(0) ?? 0))).toEqual([])
        // Outside of tags, and between the quotation marks of attributes, every mark of XML is escaped.
        const rest = report.replace(/<[/?]?[a-z-]+(?: [a-z]+="[^"<>]*")*[/?]?>/g, '')
        expect(rest).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|apos);)/)
      }),
    )
  })
})
