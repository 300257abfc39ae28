import { existsSync, readFileSync } from 'node:fs'

/** The part of Vitest's JSON report that is counted. */
interface TestReport {
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

export interface RunEnd {
  /** Did Vitest itself end with status 0? */
  readonly ok: boolean
}

/**
 * Counts the tests in Vitest's JSON report at `file`. Never says that all is well when it is not: a missing report, a file that does not
 * load, a run without tests, and a run that failed for a reason outside the tests count as one failure each.
 */
export function countTests(file: string, { ok }: RunEnd): { readonly passed: number; readonly failed: number } {
  if (!existsSync(file)) return { passed: 0, failed: 1 }
  const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as TestReport

  const statuses = testResults.flatMap((result) => result.assertionResults.map((test) => test.status))
  const passed = statuses.filter((status) => status === 'passed').length
  const failedTests = statuses.filter((status) => status === 'failed').length
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  ).length
  const failed = failedTests + brokenFiles
  return { passed, failed: failed === 0 && (!ok || passed === 0) ? 1 : failed }
}
