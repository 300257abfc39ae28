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
  /** Those of them that only the newest API can keep or break. */
  readonly newest: readonly Promised[]
  readonly findings: readonly Finding[]
  readonly conformance: readonly ConformanceFigures[]
}

/** Puts verdicts and the words that stand beside releases, clients and promises together, as plain data for src/report. */
export function releasesInputOf({ releases, newest, ...judged }: JudgedReleases): ReleasesInput {
  return { ...judged, releases: releases.map(releaseText), newest: new Set(newest.map(({ name }) => name)) }
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
