import { findRelease } from '../model/designs/releases.ts'
import type { Terminal } from './terminal.ts'

/** Says of each release that has no profile of its own how it behaves. */
export function noteReleases({ note }: Terminal, names: readonly (string | undefined)[]): void {
  for (const name of names) {
    const said = name === undefined ? undefined : findRelease(name)?.note
    if (said !== undefined) note(`CPython ${said}.`)
  }
}
