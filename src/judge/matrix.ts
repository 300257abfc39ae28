import type { CellStatus, Finding } from '../report/finding.ts'

/** The findings of a matrix, by reading, client and property. */
export class Matrix {
  readonly findings: readonly Finding[]
  readonly #byCell = new Map<string, Finding>()

  constructor(findings: readonly Finding[]) {
    this.findings = findings
    for (const finding of findings) this.#byCell.set(keyOf(finding.cell.reading, finding.cell.client, finding.cell.property), finding)
  }

  find(reading: string, client: string, property: string): Finding | undefined {
    return this.#byCell.get(keyOf(reading, client, property))
  }

  status(reading: string, client: string, property: string): CellStatus | undefined {
    return this.find(reading, client, property)?.status
  }
}

function keyOf(reading: string, client: string, property: string): string {
  return [reading, client, property].join('\n')
}
