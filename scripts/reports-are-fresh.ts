/** Judges the debate again and compares every byte below reports/ with what is committed there; exit status 1 where one differs. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const folder = 'reports'

function fingerprints(): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')]
    }),
  )
}

const before = fingerprints()
const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/src/cli/main.js', 'prove'], { encoding: 'utf8', maxBuffer: 2 ** 28 })
const after = fingerprints()
const changed = [...new Set([...before.keys(), ...after.keys()])].filter((file) => before.get(file) !== after.get(file))
if (status !== 0) console.error(`prove ended with ${status}\n${stdout}\n${stderr}`)
if (changed.length > 0) {
  const shown = changed.slice(0, 10).join('\n  ')
  console.error(
    `${changed.length} files below reports/ are not what prove writes:\n  ${shown}\nRun ./prove, read the difference, and commit it.`,
  )
}
process.exitCode = status === 0 && changed.length === 0 ? 0 : 1
