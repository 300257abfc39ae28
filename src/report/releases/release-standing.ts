import type { Finding } from '../finding.ts'
import { link } from '../markdown.ts'
import type { PromiseText } from '../report-input.ts'
import type { ReleaseIndex } from './release-index.ts'
import type { ReleaseText } from './releases-input.ts'

/** What is to be said of a promise and a release, over all programs that keep the rules. */
export type Standing = 'broken' | 'undecided' | 'kept' | 'not asked'

export function standingOf(index: ReleaseIndex, release: Pick<ReleaseText, 'name'>, { name }: PromiseText): Standing {
  const statuses = fairFindings(index, release, name).map(({ status }) => status)
  if (statuses.includes('violated')) return 'broken'
  if (statuses.includes('undecided')) return 'undecided'
  return statuses.includes('safe') ? 'kept' : 'not asked'
}

export function fairFindings(index: ReleaseIndex, release: Pick<ReleaseText, 'name'>, promise: string): readonly Finding[] {
  return index.input.clients.filter((client) => index.isFair(client)).flatMap((client) => index.find(release, client.name, promise) ?? [])
}

/** The symbol, with a link to the shortest trace where something is broken. */
export function linked(
  index: ReleaseIndex,
  position: number,
  of: { readonly client?: string; readonly promise?: string },
  symbol: string,
): string {
  const [shortest] = index.brokenIn(position, of)
  return shortest === undefined ? symbol : link(symbol, index.pageOf(shortest))
}
