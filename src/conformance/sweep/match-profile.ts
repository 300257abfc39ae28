import type { Policy } from '../../model/cpython/policy.ts'
import type { Profile } from '../../model/cpython/versions/releases.ts'
import { profiles } from '../../model/cpython/versions/releases.ts'
import type { Subject } from '../subject/subject.ts'

export type Version = readonly [major: number, minor: number, patch: number]

/** Of `CPython 3.13.1 debug`: [3, 13, 1]. */
export function versionOf({ name }: Pick<Subject, 'name'>): Version {
  const [, major = '0', minor = '0', patch = '0'] = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(name) ?? []
  return [Number(major), Number(minor), Number(patch)]
}

/** The profile that speaks about a version; undefined for a version that none of them was made for. */
export function profileOfVersion(version: Version): Profile | undefined {
  const newest = profiles.at(-1)
  const isTooNew = newest === undefined || version[0] > newest.since[0] || (version[0] === newest.since[0] && version[1] > newest.since[1])
  const isBetween = (version[0] === 2 && version[1] > 7) || (version[0] === 3 && version[1] < 2)
  return isTooNew || isBetween ? undefined : lastUpTo(version)
}

/** Of several that fit equally well, the one that the version is nearest to. */
export function nearestOf(fitting: readonly Profile[], version: Version): Profile | undefined {
  return fitting.filter(({ since }) => compareVersions(since, version) <= 0).at(-1) ?? fitting[0]
}

export function policyFor(profile: Profile, { debug }: Pick<Subject, 'debug'>): Policy {
  return debug ? profile.debug : profile.policy
}

function lastUpTo(version: Version): Profile | undefined {
  return profiles.filter(({ since }) => compareVersions(since, version) <= 0).at(-1)
}

export function compareVersions(one: Version, other: Version): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2]
}
