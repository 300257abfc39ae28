/** Longest line of a comment. */
const longestLine = 110

/**
 * Text of a model as one line that may stand in a comment of any target: printable ASCII, and nothing that begins or ends a comment, a string
 * or a line. Longer lines are cut.
 */
export function commentText(text: string): string {
  const plain = text
    .replace(/\s+/g, ' ')
    .replace(/[^\x20-\x7e]/g, '?')
    .replaceAll('\\', '/')
    .replaceAll('"', "'")
    .replace(/\*(?=[/)])/g, '* ')
    .replace(/([/(])(?=\*)/g, '$1 ')
    .replace(/-{3,}|={3,}/g, '--')
    .trim()
  return plain.length <= longestLine ? plain : `${plain.slice(0, longestLine - 3)}...`
}
