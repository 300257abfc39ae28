import type { Profile } from '../cpython/versions/releases.ts'
import { distinctProfiles, profiles } from '../cpython/versions/releases.ts'
import type { Design, NamedReading } from './design.ts'
import { readingsOf } from './design.ts'

/** A release has no text to be read one way or the other: its readings are how it was built. */
function designOf({ name, policy, debug, says }: Profile): Design {
  const title = `CPython ${name}`
  return Object.freeze({
    name: `cpython-${name}`,
    title,
    by: `CPython ${versionsOf(name)}`,
    says,
    readings: [
      { name: 'release', says: 'Built as it is released.', policy },
      { name: 'debug', says: 'Built with Py_DEBUG: assertions end the process where a release goes on.', policy: debug },
    ],
    variations: [],
    leftOut: [],
  } satisfies Design)
}

/** Every profile of released CPythons that behaves in a way of its own as a design, oldest first. */
export const releaseDesigns: readonly Design[] = distinctProfiles.map(designOf)

/** Their readings, those of a release before its debug build. */
export const releaseReadings: readonly NamedReading[] = releaseDesigns.flatMap(readingsOf)

/** The readings as released, oldest first: what one release is compared with the next by. */
export const releasedReadings: readonly NamedReading[] = releaseReadings.filter(({ reading }) => reading.name === 'release')

/** A release that was asked for by name. */
export interface NamedRelease {
  readonly reading: NamedReading
  /** "3.10 behaves as 3.9": where the version has no profile of its own. */
  readonly note?: string
}

const nameOfRelease = /^cpython-(\d+(?:\.\d+){1,2})(?:\.(release|debug))?$/

/**
 * The reading that "cpython-3.12", "cpython-3.12.debug" or "cpython-3.10.4" stands for: that of the newest profile which is not newer.
 * Undefined for anything else, and for versions older or newer than all that are modelled.
 */
export function findRelease(name: string): NamedRelease | undefined {
  const [, version, build = 'release'] = nameOfRelease.exec(name) ?? []
  if (version === undefined) return undefined
  const wanted = numbersOf(version)
  const profile = distinctProfiles.findLast(({ since }) => compareVersions(since, wanted) <= 0)
  const reading = releaseReadings.find((known) => known.name === `cpython-${profile?.name}.${build}`)
  if (profile === undefined || reading === undefined || !isModelled(wanted)) return undefined
  return profile.name === version ? { reading } : { reading, note: `${version} behaves as ${profile.name}` }
}

/** 3.0 and 3.1 are newer than 2.7 in number only, and of releases to come nobody knows. */
function isModelled([major, minor]: Profile['since']): boolean {
  const [newestMajor, newestMinor] = profiles.at(-1)?.since ?? [0, 0]
  return (major === 2 && minor === 7) || (major === 3 && minor >= 2 && major === newestMajor && minor <= newestMinor)
}

/** "3.9 to 3.10", "3.13.0 to 3.13.7", "3.13.8 and later": the versions that a profile speaks about. */
export function versionsOf(name: string): string {
  const position = distinctProfiles.findIndex((known) => known.name === name)
  const since = distinctProfiles[position]?.since
  if (since === undefined) throw new TypeError(`versionsOf: no profile "${name}"`)
  const next = distinctProfiles[position + 1]?.since
  const [major, minor, patch] = since
  // 2.7 is the last of its line: 3.0 and 3.1 are not spoken of.
  if (next === undefined || next[0] !== major) return name
  const [, nextMinor, nextPatch] = next
  if (nextMinor === minor) return nextPatch === 1 ? `${major}.${minor}.0` : `${major}.${minor}.0 to ${major}.${minor}.${nextPatch - 1}`
  if (nextMinor - 1 > minor) return `${name} to ${major}.${nextMinor - 1}`
  return patch === 0 ? name : `${name} and later`
}

function numbersOf(version: string): Profile['since'] {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  return [major, minor, patch]
}

function compareVersions(one: Profile['since'], other: Profile['since']): number {
  const at = one.findIndex((number, i) => number !== other[i])
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0)
}
