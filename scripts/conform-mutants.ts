/**
 * Puts a mistake into each profile and sees which schedule shows it on the libpython of that release: one of 300 random ones, or else a probe.
 * Status 1 if one escapes.
 *
 *     npm run conform:mutants -- --root ./debian-sid --only 3.12
 */
import { parseArgs } from 'node:util'
import { findSubjects } from '../src/conformance/discover/find-subjects.ts'
import { huntMutant, subjectFor } from '../test/conformance/hunt-mutant.ts'
import { mutants } from '../test/conformance/mutants.ts'

const most = 300
const { values } = parseArgs({ options: { root: { type: 'string', multiple: true, default: [] }, only: { type: 'string', default: '' } } })
const subjects = await findSubjects({ roots: values.root })
const counts = { caught: 0, escaped: 0, 'without a libpython': 0 }

for (const mutant of mutants.filter(({ name }) => name.startsWith(values.only))) {
  const subject = subjectFor(mutant, subjects)
  const caught = subject === undefined ? undefined : await huntMutant(mutant, subject, { most, seed: 1, withProbes: true })
  const ended = subject === undefined ? 'without a libpython' : caught === undefined ? 'escaped' : 'caught'
  counts[ended] += 1
  const difference = caught?.judged.disagreement?.differences[0]
  const shown = difference === undefined ? '' : `\n    ${difference.what}: the mutant says ${difference.expected}; seen: ${difference.seen}`
  console.log(`${mutant.name}: ${ended}${caught === undefined ? '' : ` by ${caught.by}`}${shown}`)
}
console.log(
  Object.entries(counts)
    .map(([ended, count]) => `${count} ${ended}`)
    .join(', '),
)
process.exitCode = counts.escaped === 0 ? 0 : 1
