import type { CCall } from '../c-calls.ts'
import { effectsOf } from '../call-effects.ts'
import type { Evidence } from '../finding.ts'
import type { PageContext } from '../report-input.ts'
import { escapeHtml, proseHtml } from './escape.ts'
import { hueOf } from './step-list.ts'

/** The schedule: every call in the order they begin, with the steps it takes and what it achieves. */
export function callTable(calls: readonly CCall[], { threads }: Evidence, { vocabulary }: PageContext): string {
  const rows = calls.map((call) => {
    const { thread, name, firstStep, lastStep, steps } = call
    const effects = effectsOf(call, vocabulary)
    const achieved = effects.length > 0 ? effects.join(', ') : steps.length <= 2 ? steps.map(({ says }) => says).join(', ') : ''
    const range = firstStep === lastStep ? String(firstStep) : `${firstStep}–${lastStep}`
    const what = name === undefined ? '<span class="own">own code</span>' : `<code>${escapeHtml(name)}()</code>`
    return `<tr><td><a href="#step-${firstStep}">${range}</a></td><td><span class="name hue-${hueOf(threads.indexOf(thread))}">${escapeHtml(thread)}</span></td><td>${what}</td><td>${proseHtml(achieved)}</td></tr>`
  })
  return `<section aria-labelledby="calls-title">
<h2 id="calls-title">The schedule, call by call</h2>
<div class="scrolling" tabindex="0" role="group" aria-label="Table of calls"><table>
<thead><tr><th scope="col">Steps</th><th scope="col">Thread</th><th scope="col">Call</th><th scope="col">What it achieves</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>
</section>`
}
