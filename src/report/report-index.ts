import type { CellStatus, Finding } from './finding.ts'
import type { ReadingText, ReportInput } from './report-input.ts'
import { pagePath } from './report-paths.ts'

/** Quick answers about a report's cells. */
export class ReportIndex {
  readonly input: ReportInput
  /** Readings that are not variations. */
  readonly own: readonly ReadingText[]
  readonly variations: readonly ReadingText[]
  /** The nominal reading of each design, in order. */
  readonly nominal: readonly ReadingText[]
  readonly #byCell = new Map<string, Finding>()

  constructor(input: ReportInput) {
    this.input = input
    this.own = input.readings.filter(({ isVariation }) => !isVariation)
    this.variations = input.readings.filter(({ isVariation }) => isVariation)
    this.nominal = this.own.filter((reading, i) => this.own.findIndex(({ design }) => design === reading.design) === i)
    for (const finding of input.findings) this.#byCell.set(keyOf(finding.cell.reading, finding.cell.client, finding.cell.property), finding)
  }

  find(reading: string, client: string, property: string): Finding | undefined {
    return this.#byCell.get(keyOf(reading, client, property))
  }

  status(reading: string, client: string, property: string): CellStatus {
    return this.find(reading, client, property)?.status ?? 'not-applicable'
  }

  /** The findings of a reading, of one client where given, in the order of promises. */
  findingsOf(reading: string, client?: string): readonly Finding[] {
    const clients = client === undefined ? this.input.clients.map(({ name }) => name) : [client]
    return clients.flatMap((name) => this.input.promises.flatMap((promise) => this.find(reading, name, promise.name) ?? []))
  }

  violated(reading: string, client?: string): readonly Finding[] {
    return this.findingsOf(reading, client).filter(({ status }) => status === 'violated')
  }

  /** Violated cells of clients that have a right to their promises: not of those that break a documented precondition. */
  unfairlyBroken(reading: string): readonly Finding[] {
    const judged = this.input.clients.filter(({ kind }) => kind === 'unmodified' || kind === 'migrated').map(({ name }) => name)
    return this.violated(reading).filter(({ cell }) => judged.includes(cell.client))
  }

  nominalOf({ design }: ReadingText): ReadingText | undefined {
    return this.nominal.find((reading) => reading.design === design)
  }

  /** A violated cell has a page, unless it belongs to a variation and is violated on the nominal reading just as well. */
  hasPage({ cell, status }: Finding): boolean {
    if (status !== 'violated') return false
    const variation = this.variations.find(({ name }) => name === cell.reading)
    const nominal = variation === undefined ? undefined : this.nominalOf(variation)
    return nominal === undefined || this.status(nominal.name, cell.client, cell.property) !== 'violated'
  }

  /** The page that shows the violation, on the nominal reading where a variation has none of its own. */
  pageOf(finding: Finding): string {
    const { cell } = finding
    const variation = this.variations.find(({ name }) => name === cell.reading)
    const nominal = variation === undefined ? undefined : this.nominalOf(variation)
    const reading = nominal === undefined || this.hasPage(finding) ? cell.reading : nominal.name
    return pagePath({ ...cell, reading }, this.input.bounds)
  }
}

/** Fewest steps first, then fewest context switches, then the order of names. */
export function byTraceLength(one: Finding, other: Finding): number {
  const [a, b] = [one.evidence, other.evidence]
  const length = (a?.stepCount ?? 0) - (b?.stepCount ?? 0)
  return length !== 0 ? length : (a?.contextSwitches ?? 0) - (b?.contextSwitches ?? 0)
}

function keyOf(...names: readonly string[]): string {
  return names.join('\n')
}
