import fc from 'fast-check'

/** A text with a few characters, lines or words changed, taken away, doubled or put elsewhere. */
export function mutationsOf(text: string): fc.Arbitrary<string> {
  const words = [...new Set(text.match(/"[^"\n]*"|\d+|true|false/g) ?? [])]
  const position = fc.nat(Math.max(0, text.length - 1))
  const line = fc.nat(text.split('\n').length - 1)
  const mutation: fc.Arbitrary<(before: string) => string> = fc.oneof(
    position.map((at) => (before: string) => before.slice(0, at)),
    fc.tuple(position, fc.nat(40)).map(
      ([at, length]) =>
        (before: string) =>
          before.slice(0, at) + before.slice(at + length + 1),
    ),
    fc.tuple(position, fc.string({ unit: 'binary', maxLength: 3 })).map(
      ([at, more]) =>
        (before: string) =>
          before.slice(0, at) + more + before.slice(at),
    ),
    fc.tuple(position, fc.nat(255)).map(
      ([at, code]) =>
        (before: string) =>
          before.slice(0, at) + String.fromCharCode(code) + before.slice(at + 1),
    ),
    line.map(
      (at) => (before: string) =>
        before
          .split('\n')
          .filter((_, i) => i !== at)
          .join('\n'),
    ),
    line.map(
      (at) => (before: string) =>
        before
          .split('\n')
          .flatMap((each, i) => (i === at ? [each, each] : [each]))
          .join('\n'),
    ),
    fc.tuple(line, line).map(
      ([from, to]) =>
        (before: string) =>
          swapLines(before.split('\n'), from, to).join('\n'),
    ),
    fc.tuple(fc.constantFrom(...words), fc.constantFrom(...words), fc.nat(20)).map(
      ([from, to, which]) =>
        (before: string) =>
          replaceOne(before, from, to, which),
    ),
  )
  return fc.array(mutation, { minLength: 1, maxLength: 3 }).map((mutations) => mutations.reduce((changed, mutate) => mutate(changed), text))
}

function swapLines(lines: readonly string[], from: number, to: number): readonly string[] {
  return lines.map((line, i) => (i === from ? (lines[to] ?? line) : i === to ? (lines[from] ?? line) : line))
}

/** The which-th of several, counted round. */
function replaceOne(text: string, from: string, to: string, which: number): string {
  const parts = text.split(from)
  if (parts.length < 2) return text
  const at = which % (parts.length - 1)
  return parts.reduce((before, part, i) => before + (i === 0 ? '' : i - 1 === at ? to : from) + part, '')
}
