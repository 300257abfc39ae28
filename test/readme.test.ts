import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const readme = readFileSync('README.md', 'utf8')

it('shows the example design as it is, which the tests of the command line run', () => {
  expect(readme).toContain(`\`\`\`ts\n${readFileSync('examples/my-design.ts', 'utf8')}\`\`\``)
})

it('links only to files that are there', () => {
  const targets = [...readme.matchAll(/\]\((?!https:)([^)]+)\)/g)].map(([, target = '']) => target)
  expect(targets.length).toBeGreaterThan(5)
  expect(targets.filter((target) => !existsSync(target))).toEqual([])
})
