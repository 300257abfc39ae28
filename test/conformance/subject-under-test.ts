import { libraries, pythonExecutables } from '../../src/conformance/discover/places.ts'
import { subjectAt } from '../../src/conformance/discover/subject-at.ts'
import type { CallName } from '../../src/conformance/schedule/calls.ts'
import type { Schedule } from '../../src/conformance/schedule/schedule.ts'
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

/** A schedule from steps such as `F: PyGILState_Ensure() -> g`; threads are those that make calls, the main thread being M. */
export function scheduleOf(lines: readonly string[], start: Schedule['start'] = 'initialized with threads'): Schedule {
  const steps = lines.map(readStep)
  return { threads: [...new Set(['M', ...steps.map(({ thread }) => thread)])], start, steps }
}

function readStep(line: string): Schedule['steps'][number] {
  const [, thread = '', call = '', operand = '', result] = /^(\w+): ([^(]+)\((.*)\)(?: -> (\w+))?$/.exec(line) ?? []
  const operands = operand === '' ? [] : [operand]
  // A wrong name is what some tests are about.
  return { thread, call: call as CallName, arguments: operands, ...(result === undefined ? {} : { result }) }
}
