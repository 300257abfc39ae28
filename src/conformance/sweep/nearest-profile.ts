import type { Profile } from '../../model/cpython/versions/releases.ts'
import { profiles } from '../../model/cpython/versions/releases.ts'
import type { Subject } from '../subject/subject.ts'
import type { Version } from './match-profile.ts'
import { nearestOf, policyFor } from './match-profile.ts'
import type { SweepPool } from './pool.ts'
import type { SweepOptions } from './sweep.ts'
import { sweep } from './sweep.ts'

export interface Fit {
  readonly profile: Profile
  readonly disagreements: number
}

/**
 * How well each profile fits a libpython that none was made for: the same random schedules on all, best first. Of those that fit equally well
 * the nearest version comes first. Empty if the pool is closed meanwhile.
 */
export async function fitsOf(
  pool: SweepPool,
  subject: Subject,
  version: Version,
  options: Omit<SweepOptions, 'isSure'>,
): Promise<readonly Fit[]> {
  const fits: Fit[] = []
  for (const profile of profiles) {
    const { judged, wasInterrupted } = await sweep(pool, { subject, policy: policyFor(profile, subject) }, { ...options, isSure: false })
    if (wasInterrupted) return []
    fits.push({ profile, disagreements: judged.filter(({ verdict }) => verdict === 'disagrees').length })
  }
  const fewest = Math.min(...fits.map(({ disagreements }) => disagreements))
  const best = nearestOf(
    fits.filter(({ disagreements }) => disagreements === fewest).map(({ profile }) => profile),
    version,
  )
  return fits.sort((one, other) => Number(other.profile === best) - Number(one.profile === best) || one.disagreements - other.disagreements)
}
