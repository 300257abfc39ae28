import { probes } from '../../src/conformance/probes/catalog.ts'
import type { Subject } from '../../src/conformance/subject/subject.ts'
import { drawNumbers } from '../../src/conformance/sweep/draw-numbers.ts'
import type { Judged } from '../../src/conformance/sweep/judged.ts'
import { policyFor, profileOfVersion, versionOf } from '../../src/conformance/sweep/match-profile.ts'
import type { Pairing } from '../../src/conformance/sweep/order.ts'
import { Rig } from '../../src/conformance/sweep/rig.ts'
import { profiles } from '../../src/model/cpython/versions/releases.ts'
import type { Mutant } from './mutants.ts'

/** Schedules that are run before it is asked whether one of them has caught the mutant. */
const portion = 6

export interface Catch {
  /** "random schedule 12", "probe first-ensure-after-finalization". */
  readonly by: string
  /** The schedule on which the libpython disagrees with the mutant, but not with the profile. */
  readonly judged: Judged
}

/** A release of the profile, not a debug build. */
export function subjectFor({ profile }: Mutant, subjects: readonly Subject[]): Subject | undefined {
  return subjects.find((subject) => !subject.debug && profileOfVersion(versionOf(subject))?.name === profile)
}

export interface HuntOptions {
  readonly seed: number
  /** Random schedules; then come the probes, which end in what random schedules seldom reach. */
  readonly most: number
  /** Whether probes come at all. */
  readonly withProbes: boolean
}

/** Runs schedules of the mutant until one shows its mistake; undefined if none does. */
export async function huntMutant(mutant: Mutant, subject: Subject, options: HuntOptions): Promise<Catch | undefined> {
  const hunt = new Hunt(mutant, subject)
  try {
    return (await hunt.randomly(options)) ?? (options.withProbes ? await hunt.withProbes() : undefined)
  } finally {
    await hunt.close()
  }
}

class Hunt {
  readonly #wrong = new Rig(new AbortController().signal)
  readonly #right = new Rig(new AbortController().signal)
  readonly #mutant: Pairing
  readonly #profile: Pairing

  constructor({ name, profile, change }: Mutant, subject: Subject) {
    const found = profiles.find((known) => known.name === profile)
    if (found === undefined) throw new Error(`${name}: there is no profile ${profile}`)
    const policy = policyFor(found, subject)
    this.#profile = { subject, policy }
    this.#mutant = { subject, policy: { ...policy, ...change } }
  }

  async randomly({ seed, most }: HuntOptions): Promise<Catch | undefined> {
    const source = drawNumbers(seed, { shortest: 10, longest: 20 })
    for (let done = 0; done < most; done += portion) {
      const numbers = Array.from({ length: Math.min(portion, most - done) }, () => source.next().value)
      const results = await this.#wrong.carryOut(this.#mutant, { kind: 'random', numbers, isSure: true })
      const caught = await this.#firstCatch(results, (i) => `random schedule ${done + i + 1}`)
      if (caught !== undefined) return caught
    }
    return undefined
  }

  async withProbes(): Promise<Catch | undefined> {
    const results = await this.#wrong.carryOut(this.#mutant, { kind: 'given', schedules: probes.map(({ schedule }) => schedule) })
    return this.#firstCatch(results, (i) => `probe ${probes[i]?.name}`)
  }

  async close(): Promise<void> {
    await this.#wrong.close()
    await this.#right.close()
  }

  async #firstCatch(results: readonly Judged[], name: (position: number) => string): Promise<Catch | undefined> {
    for (const [i, judged] of results.entries()) {
      if (judged.verdict !== 'disagrees') continue
      const [control] = await this.#right.carryOut(this.#profile, { kind: 'given', schedules: [judged.schedule] })
      // A call that only the mutant has is impossible for the profile.
      if (control?.verdict === 'agrees' || control?.verdict === 'is impossible') return { by: name(i), judged }
    }
    return undefined
  }
}
