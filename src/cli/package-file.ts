import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'

/** package.json of gilproof itself: beside the sources one folder higher than beside what is built from them. Empty where there is none. */
export function packageText(): string {
  const places = ['../../package.json', '../../../package.json'].map((path) => new URL(path, import.meta.url))
  const file = places.find((place) => existsSync(place))
  return file === undefined ? '' : readFileSync(file, 'utf8')
}

export function packageVersion(): string {
  const text = packageText()
  return text === '' ? '?' : z.object({ version: z.string() }).parse(JSON.parse(text)).version
}
