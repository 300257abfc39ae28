import { InternalError } from '../../foundation/diagnostic.ts'
import { policyHashOf } from '../../foundation/digest.ts'
import { pageContent } from '../page-content.ts'
import { capitalized } from '../sentence.ts'
import { callTable } from './call-table.ts'
import { cardData } from './card-data.ts'
import { chartData, threadsOfInterest } from './chart-data.ts'
import { embedJson, escapeHtml, proseHtml } from './escape.ts'
import type { HtmlInput } from './html-input.ts'
import { pageScript, pageStyle } from './page-assets.ts'
import type { PageData } from './page-data.ts'
import { reproduceSection } from './reproduce-section.ts'
import { stepList } from './step-list.ts'
import { traceControls } from './trace-controls.ts'

/**
 * The HTML page of one counterexample: a document that needs no other file and no network, and in which nothing runs but its own script.
 * Ends with a newline. MC901 for a finding without evidence.
 */
export function renderHtml(input: HtmlInput): string {
  const { finding, context } = input
  const { title, question, answer, facts, counterexample } = pageContent(finding, context)
  if (counterexample === undefined) throw new InternalError('MC901', 'found no evidence; expected a counterexample to show')
  const { trace, story, sources } = counterexample
  const evidence = { ...counterexample.evidence, threads: threadsOfInterest(counterexample.evidence, context.vocabulary) }
  const { replayCode } = evidence
  const drawn = chartData(evidence, input.places, context.vocabulary, input.chart)
  const { lanes, moments } = drawn
  const data: PageData = { replayCode, threads: evidence.threads, ...drawn, ...cardData(input, evidence, trace.steps) }
  const heading = capitalized(title)
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="gilproof">
<meta name="description" content="${escapeHtml(answer)}">
<title>${escapeHtml(heading)}</title>
<style>${pageStyle}</style>
</head>
<body>
<a class="skip" href="#trace">Skip to the counterexample</a>
<header class="masthead">
<div class="kicker"><span>Counterexample, found by gilproof</span><button type="button" id="theme" class="quiet" hidden>Dark theme</button></div>
<h1>${proseHtml(capitalized(context.promise.violation))}</h1>
<p class="subtitle">${proseHtml(context.client.title)}, on ${proseHtml(context.reading.designTitle)}</p>
<p class="question">${proseHtml(question)}</p>
<p class="answer"><strong>${proseHtml(answer)}</strong></p>
<p class="story">${story.map(proseHtml).join(' ')}</p>
</header>
<main>
<section aria-labelledby="trace-title" class="trace" id="trace">
<h2 id="trace-title">Step by step</h2>
<noscript><p class="notice">The chart and the state beside it are drawn by a script. The steps are all here without it.</p></noscript>
<p class="notice" id="notice" role="alert" hidden></p>
<div class="stage">
<div class="sequence">
${traceControls(
  moments.length - 1,
  lanes,
  counterexample.evidence.threads.filter((name) => !evidence.threads.includes(name)),
)}
${stepList(trace.steps, evidence, context)}
</div>
<aside class="state" aria-labelledby="state-title" id="state" hidden>
<details open><summary><h3 id="state-title">State <span id="state-when"></span></h3></summary>
<p class="where" id="where"></p>
<div class="cards" id="cards" tabindex="0" role="group" aria-labelledby="state-title"></div></details>
</aside>
</div>
</section>
${callTable(trace.calls, evidence, context)}
${reproduceSection(replayCode, input.program)}
<section aria-labelledby="facts-title">
<h2 id="facts-title">What was asked</h2>
<dl class="facts">
${facts.map(([label, text]) => `<div><dt>${escapeHtml(label)}</dt><dd>${proseHtml(text)}</dd></div>`).join('\n')}
</dl>
</section>
<section aria-labelledby="sources-title">
<h2 id="sources-title">Where the steps come from</h2>
<ul class="sources">
${sources.map(([file, symbols]) => `<li>${escapeHtml(file)}: ${symbols.map((symbol) => `<code>${escapeHtml(symbol)}</code>`).join(', ')}</li>`).join('\n')}
</ul>
</section>
</main>
<footer><p>The steps are those of a model of CPython, taken again and confirmed when this page was written. Replay code: <code>${escapeHtml(replayCode)}</code></p></footer>
<p class="hidden" id="announcement" role="status" aria-live="polite"></p>
<script type="application/json" id="data">${embedJson(data)}</script>
<script>${pageScript}</script>
</body>
</html>
`
}

/** Nothing is loaded, sent or run but the one script and the one style of the page. */
const policy = [
  "default-src 'none'",
  `script-src '${policyHashOf(pageScript)}'`,
  `style-src '${policyHashOf(pageStyle)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')
