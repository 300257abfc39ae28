import { enumerated } from '../sentence.ts'
import { escapeHtml } from './escape.ts'
import type { Lane } from './page-data.ts'

/** The buttons above the steps, the names of the lanes, and how to read them. All of it is of use with the script only, which shows it. */
export function traceControls(last: number, lanes: readonly Lane[], idle: readonly string[]): string {
  const button = (id: string, label: string, keys: string, says: string): string =>
    `<button type="button" id="${id}" aria-keyshortcuts="${keys}" title="${says}">${label}</button>`
  return `<div class="controls" id="controls" hidden>
<div class="buttons" role="group" aria-label="Steps">
${button('first', 'Start', 'Home', 'To the start (Home)')}
${button('previous', 'Back', 'ArrowLeft ArrowUp k', 'One step back (left, up or k)')}
${button('play', 'Play', 'Space', 'Play or pause (space)')}
${button('next', 'Next', 'ArrowRight ArrowDown j', 'One step on (right, down or j)')}
${button('violation', 'Violation', 'End', 'To the violation (End)')}
<label class="scrubber"><span class="hidden">Step</span><input type="range" id="scrubber" min="0" max="${last}" value="0"></label>
<span class="position" id="position">0 / ${last}</span>
<button type="button" id="permalink" class="quiet">Copy link</button>
</div>
<div class="heads" id="heads" aria-hidden="true"></div>
</div>
<details class="legend" id="legend" hidden><summary>How to read the chart, and keys</summary>
<p>Time goes down, a row for each step; the dot marks the thread that takes it. ${legendOf(lanes, idle)}</p>
<ul>
<li>A thread’s lane is filled while the thread holds a GIL.</li>
<li>The lane of a GIL has the colour of the thread that holds it.</li>
<li>An interpreter’s lane has the colour of each thread that is attached to it.</li>
<li>A solid arrow takes or attaches; a dashed one drops or detaches.</li>
</ul>
<p><kbd>→</kbd> <kbd>↓</kbd> <kbd>j</kbd> next · <kbd>←</kbd> <kbd>↑</kbd> <kbd>k</kbd> back · <kbd>Home</kbd> start · <kbd>End</kbd> violation · <kbd>space</kbd> play or pause</p>
</details>`
}

function legendOf(lanes: readonly Lane[], idle: readonly string[]): string {
  const left = idle.length === 0 ? '' : ` Not drawn, as nothing happens to it here: ${escapeHtml(enumerated(idle))}.`
  return `Lanes from left to right: ${lanes.map(({ kind, name }) => escapeHtml(kind === 'interpreter' ? `interpreter ${name}` : name)).join(', ')}.${left}`
}
