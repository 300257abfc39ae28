import type { CellStatus, Finding } from '../finding.ts'
import { byTraceLength } from '../report-index.ts'
import type { ClientText, PromiseText } from '../report-input.ts'
import { releasePagePath } from './release-paths.ts'
import type { ReleasesInput, ReleaseText } from './releases-input.ts'

/** A client breaks a promise in all releases from one to another, and not in those around them. */
export interface Appearance {
  readonly client: ClientText
  readonly promise: PromiseText
  /** Positions among the releases. */
  readonly first: number
  readonly last: number
  /** In the first of them; with a trace. */
  readonly finding: Finding
}

/** Quick answers about the cells of the releases. */
export class ReleaseIndex {
  readonly input: ReleasesInput
  /** In the order of promises, then clients, then releases. */
  readonly appearances: readonly Appearance[]
  readonly #byCell = new Map<string, Finding>()

  constructor(input: ReleasesInput) {
    this.input = input
    for (const finding of input.findings) this.#byCell.set(keyOf(finding.cell.reading, finding.cell.client, finding.cell.property), finding)
    this.appearances = input.promises.flatMap((promise) => input.clients.flatMap((client) => this.#appearancesOf(client, promise)))
  }

  /** Whether a program keeps the rules, so that a promise that it sees broken is CPython's matter. */
  isFair({ kind }: Pick<ClientText, 'kind'>): boolean {
    return kind === 'unmodified' || kind === 'migrated'
  }

  find(release: Pick<ReleaseText, 'name'>, client: string, promise: string): Finding | undefined {
    return this.#byCell.get(keyOf(release.name, client, promise))
  }

  status(release: Pick<ReleaseText, 'name'>, client: string, promise: string): CellStatus {
    return this.find(release, client, promise)?.status ?? 'not-applicable'
  }

  /** What breaks in a release, programs that keep the rules first, then shortest trace first; of one client or one promise where given. */
  brokenIn(position: number, { client, promise }: { readonly client?: string; readonly promise?: string }): readonly Appearance[] {
    return this.appearances
      .filter(({ first, last }) => first <= position && position <= last)
      .filter((each) => (client === undefined || each.client.name === client) && (promise === undefined || each.promise.name === promise))
      .sort(
        (one, other) => Number(this.isFair(other.client)) - Number(this.isFair(one.client)) || byTraceLength(one.finding, other.finding),
      )
  }

  /** All findings of one release and promise, or of one release and client. */
  findingsOf(
    release: Pick<ReleaseText, 'name'>,
    { client, promise }: { readonly client?: string; readonly promise?: string },
  ): readonly Finding[] {
    const clients = client === undefined ? this.input.clients.map(({ name }) => name) : [client]
    const promises = promise === undefined ? this.input.promises.map(({ name }) => name) : [promise]
    return clients.flatMap((name) => promises.flatMap((property) => this.find(release, name, property) ?? []))
  }

  pageOf({ finding }: Appearance): string {
    return releasePagePath(finding.cell)
  }

  #appearancesOf(client: ClientText, promise: PromiseText): readonly Appearance[] {
    const { releases } = this.input
    const isBroken = (position: number): boolean => {
      const release = releases[position]
      return release !== undefined && this.status(release, client.name, promise.name) === 'violated'
    }
    return releases.flatMap((release, first): readonly Appearance[] => {
      const finding = this.find(release, client.name, promise.name)
      if (finding === undefined || !isBroken(first) || isBroken(first - 1)) return []
      let last = first
      while (isBroken(last + 1)) last += 1
      return [{ client, promise, first, last, finding }]
    })
  }
}

function keyOf(...names: readonly string[]): string {
  return names.join('\n')
}
