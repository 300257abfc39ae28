/** The lines moved right. */
export function indent(lines: readonly string[], spaces = 2): readonly string[] {
  const margin = ' '.repeat(spaces)
  return lines.map((line) => (line === '' ? line : margin + line))
}

/** Sections one below the other with an empty line between them; empty ones are left out. */
export function sections(parts: readonly (readonly string[])[]): readonly string[] {
  return parts.filter((part) => part.length > 0).flatMap((part, i) => (i === 0 ? part : ['', ...part]))
}

/** All lines but the last with something after them. */
export function endEach(lines: readonly string[], ending: string): readonly string[] {
  return lines.map((line, i) => (i === lines.length - 1 ? line : line + ending))
}
