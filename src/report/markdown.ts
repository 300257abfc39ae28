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

/** Link to a message of bpo-10915. */
export function messageLink(message: number | string): string {
  return link(`msg${message}`, `https://bugs.python.org/issue10915#msg${message}`)
}

/** Escaped text in which words with an underscore, such as PyGILState_Ensure, are set as code, and msg126364 is a link to the message. */
export function prose(text: string): string {
  const identifier = /(\b\w*[A-Za-z]_\w+(?:\(\))?|\bmsg\d{6}\b)/
  // Splitting at a group keeps what it matched, at the odd positions.
  const parts = text.replace(/\s+/g, ' ').split(identifier)
  return parts
    .map((part, i) => (i % 2 === 0 ? escapeCharacters(part) : part.startsWith('msg') ? messageLink(part.slice(3)) : inlineCode(part)))
    .join('')
    .trim()
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
