const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text that means itself in HTML, between tags and inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}

/**
 * JSON that may stand in a script element: no character of it can end the element or begin a comment, and the two line ends that JSON allows
 * and JavaScript once did not are written as escapes. `JSON.parse` gives back the same.
 */
export function embedJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Escaped text in which words with an underscore, such as PyGILState_Ensure, are set as code. */
export function proseHtml(text: string): string {
  // Splitting at a group keeps what it matched, at the odd positions.
  const parts = text.split(/(\b\w*[A-Za-z]_\w+(?:\(\))?)/)
  return parts.map((part, i) => (i % 2 === 0 ? escapeHtml(part) : `<code>${escapeHtml(part)}</code>`)).join('')
}
