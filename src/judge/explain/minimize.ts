/**
 * A part of the items for which the test still holds and from which no single item can be taken away. Delta debugging (Zeller and Hildebrandt,
 * "Simplifying and isolating failure-inducing input", 2002), with every run of consecutive items as a piece, the longest first. Which of several
 * such parts is found depends on the order; a smaller one may exist. The test must hold for all items. Cost: `longest` tests for each item.
 */
export function minimize<Item>(
  items: readonly Item[],
  holds: (kept: readonly Item[]) => boolean,
  longest: number = items.length,
): readonly Item[] {
  let kept = items
  for (let length = Math.min(longest, items.length); length > 1; length--) kept = withoutPieces(kept, length, holds)
  // What was needed may be so no longer once something else is gone.
  for (let before = -1; before !== kept.length; ) {
    before = kept.length
    kept = withoutPieces(kept, 1, holds)
  }
  return kept
}

/** Takes away every piece of this length that can go, from the first to the last. */
function withoutPieces<Item>(items: readonly Item[], length: number, holds: (kept: readonly Item[]) => boolean): readonly Item[] {
  let kept = items
  for (let start = 0; start + length <= kept.length; ) {
    const rest = [...kept.slice(0, start), ...kept.slice(start + length)]
    if (holds(rest)) kept = rest
    else start++
  }
  return kept
}
