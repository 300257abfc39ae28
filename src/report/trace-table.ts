import { escapeMarkdown, inlineCode, markdownTable } from './markdown.ts'
import { shownChanges } from './shown-changes.ts'
import type { ToldStep } from './told-step.ts'

/**
 * A trace as a table of what changed. The thread is named where it differs from the row above, in bold where that is a context switch; so is
 * the call stack. The last step is the one that breaks the promise: `wrong` says how.
 */
export function traceTable(steps: readonly ToldStep[], wrong: string): string {
  const rows = steps.map((step, i) => {
    const previous = steps[i - 1]
    const isLast = i === steps.length - 1
    return [
      isLast ? `**${step.number}**` : String(step.number),
      threadCell(step, previous),
      stackCell(step, previous),
      `${escapeMarkdown(step.says)}${isLast ? ` ❌ **${escapeMarkdown(wrong)}**` : ''}`,
      shownChanges(step).map(escapeMarkdown).join('<br>'),
    ]
  })
  return markdownTable(['step', 'thread', 'call stack', 'what happens', 'what changes'], rows)
}

function threadCell({ thread, isContextSwitch }: ToldStep, previous: ToldStep | undefined): string {
  if (previous?.thread === thread) return ''
  return isContextSwitch ? `**${escapeMarkdown(thread)}**` : escapeMarkdown(thread)
}

function stackCell({ thread, calls, activation }: ToldStep, previous: ToldStep | undefined): string {
  if (calls.length === 0) return '*own code*'
  const isSame = previous?.thread === thread && previous.activation === activation && previous.calls.join() === calls.join()
  return isSame ? '″' : inlineCode(calls.join(' > '))
}
