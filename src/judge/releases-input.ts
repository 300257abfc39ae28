import type { Client } from '../model/clients/client.ts'
import type { Bounds } from '../model/cpython/bounds.ts'
import type { NamedReading } from '../model/designs/design.ts'
import { versionsOf } from '../model/designs/releases.ts'
import type { Promised } from '../properties/catalog/promise.ts'
import type { Finding } from '../report/finding.ts'
import type { ConformanceFigures, ReleasesInput, ReleaseText } from '../report/releases/releases-input.ts'
import { readingText, vocabularyFor } from './report-input.ts'

export interface JudgedReleases {
  readonly bounds: Bounds
  /** One reading for each release, oldest first. */
  readonly releases: readonly NamedReading[]
  readonly clients: readonly Client[]
  readonly promises: readonly Promised[]
  /** Those of them that only the newest API can keep or break, those that it repeats, and its revisions. */
  readonly newest: {
    readonly own: readonly Promised[]
    readonly repeated: readonly Promised[]
    readonly revisions: readonly NamedReading[]
  }
  readonly findings: readonly Finding[]
  readonly conformance: readonly ConformanceFigures[]
}

/** Puts verdicts and the words that stand beside releases, clients and promises together, as plain data for src/report. */
export function releasesInputOf({ releases, newest, ...judged }: JudgedReleases): ReleasesInput {
  const names = (promises: readonly Promised[]): ReadonlySet<string> => new Set(promises.map(({ name }) => name))
  const { own, repeated, revisions } = newest
  return {
    ...judged,
    releases: releases.map(releaseText),
    newest: { own: names(own), repeated: names(repeated), revisions: revisions.map(readingText) },
  }
}

function releaseText(named: NamedReading): ReleaseText {
  const { design, name, reading } = named
  const short = design.name.replace(/^cpython-/, '')
  return {
    name,
    short,
    versions: versionsOf(short),
    says: design.says,
    reading: readingText(named),
    vocabulary: vocabularyFor(reading.policy),
  }
}
