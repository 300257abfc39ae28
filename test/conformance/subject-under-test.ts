import { libraries, pythonExecutables } from '../../src/conformance/discover/places.ts'
import { subjectAt } from '../../src/conformance/discover/subject-at.ts'
import type { Subject } from '../../src/conformance/subject/subject.ts'

/**
 * Any Python of this machine, the same whenever asked: what the tests claim is true of all. `$GILPROOF_TEST_PYTHON` chooses another. A missing
 * one is a failure, not a reason to skip.
 */
export async function subjectUnderTest(): Promise<Subject> {
  const path = process.env['GILPROOF_TEST_PYTHON'] ?? [...libraries(), ...pythonExecutables()][0]
  if (path === undefined) throw new Error('There is no libpython to test with. Install one: apt-get install libpython3.11')
  return subjectAt(path)
}

/** Minor version, such as 11 of 3.11.2; -1 for Python 2. */
export function minorOf(subject: Subject): number {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(subject.name) ?? []
  return major === '3' ? Number(minor) : -1
}
