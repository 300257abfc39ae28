/** One line of two traces side by side. */
export interface AlignedLine {
  /** In both, in the expected one alone, or in the found one alone. */
  readonly in: 'both' | 'expected' | 'found'
  readonly text: string
}

/** How two traces differ. */
export interface TraceChanges {
  /** Number, from 1, of the first step in which they differ. */
  readonly partAt: number
  readonly lines: readonly AlignedLine[]
}

/**
 * Aligns two traces by a longest common subsequence of their lines: what they share once, and of what they do not share the expected before
 * the found. Cost: the product of their lengths.
 */
export function alignTraces(expected: readonly string[], found: readonly string[]): TraceChanges {
  const lengths = commonLengths(expected, found)
  const lines: AlignedLine[] = []
  let [left, right] = [0, 0]
  for (;;) {
    const [one, other] = [expected[left], found[right]]
    if (one === undefined && other === undefined) break
    if (one !== undefined && one === other) {
      lines.push({ in: 'both', text: one })
      left++
      right++
    } else if (one !== undefined && (other === undefined || at(lengths, left + 1, right) >= at(lengths, left, right + 1))) {
      lines.push({ in: 'expected', text: one })
      left++
    } else if (other !== undefined) {
      lines.push({ in: 'found', text: other })
      right++
    }
  }
  const parts = lines.findIndex((line) => line.in !== 'both')
  return { partAt: (parts < 0 ? lines.length : parts) + 1, lines }
}

/** lengths[i][j]: how many lines expected from i on and found from j on have in common. */
function commonLengths(expected: readonly string[], found: readonly string[]): readonly Uint32Array[] {
  const rows = Array.from({ length: expected.length + 1 }, () => new Uint32Array(found.length + 1))
  for (let i = expected.length - 1; i >= 0; i--) {
    const row = rows[i]
    if (row === undefined) continue
    for (let j = found.length - 1; j >= 0; j--) {
      row[j] = expected[i] === found[j] ? at(rows, i + 1, j + 1) + 1 : Math.max(at(rows, i + 1, j), row[j + 1] ?? 0)
    }
  }
  return rows
}

function at(rows: readonly Uint32Array[], i: number, j: number): number {
  return rows[i]?.[j] ?? 0
}
