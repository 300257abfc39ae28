import { distance } from 'fastest-levenshtein'

/**
 * Finds the name that was probably meant, for "did you mean ...?". Undefined if every name is more than a third of the asked one's length
 * (at least two letters) away: a wild guess is worse than none. Upper and lower case count as equal. Of equally near names, the first.
 */
export function nearestName(asked: string, available: readonly string[]): string | undefined {
  const tolerated = Math.max(2, Math.floor(asked.length / 3))
  let nearest: string | undefined
  let smallest = tolerated + 1
  for (const name of available) {
    const letters = distance(asked.toLowerCase(), name.toLowerCase())
    // With two letters to spare, "ab" would be near to every name of two letters.
    if (letters < smallest && letters < Math.max(asked.length, name.length)) {
      nearest = name
      smallest = letters
    }
  }
  return nearest
}
