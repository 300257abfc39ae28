/** Text that means itself in Markdown, also inside a table cell and in one line. */
export function escapeMarkdown(text: string): string {
  return escapeCharacters(oneLine(text))
}

/** Inline code; safe in a table cell. */
export function inlineCode(text: string): string {
  const flat = oneLine(text)
  const fence = flat.includes('`') ? '``' : '`'
  const inner = flat.includes('`') ? ` ${flat} ` : flat
  return `${fence}${inner.replaceAll('|', '\\|')}${fence}`
}

/** Escaped text in which words with an underscore, such as PyGILState_Ensure, are set as code. */
export function prose(text: string): string {
  const identifier = /(\b\w*[A-Za-z]_\w+(?:\(\))?)/
  // Splitting at a group keeps what it matched, at the odd positions.
  const parts = text.replace(/\s+/g, ' ').split(identifier)
  return parts.map((part, i) => (i % 2 === 1 ? inlineCode(part) : escapeCharacters(part))).join('').trim()
}

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

export function link(text: string, target: string): string {
  return `[${text}](${target})`
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function escapeCharacters(text: string): string {
  return text.replace(/[\\`*_[\]<>|#~]/g, (character) => `\\${character}`)
}
