import type { Evidence } from '../finding.ts'
import type { PageContext } from '../report-input.ts'
import { shownChanges } from '../shown-changes.ts'
import type { ToldStep } from '../told-step.ts'
import { escapeHtml, proseHtml } from './escape.ts'

/** Every step as an item of a list that can be read without the script; "step-0" is the state before the first. */
export function stepList(steps: readonly ToldStep[], { threads }: Evidence, { promise, vocabulary }: PageContext): string {
  const { thread, attached } = vocabulary.initially
  const start = `<li class="step" id="step-0"><a class="number" href="#step-0">0</a><div class="telling"><p class="says">Start: ${escapeHtml(thread)} holds the ${escapeHtml(vocabulary.lockName)}, attached with ${escapeHtml(attached)}</p></div></li>`
  const items = steps.map((step, i) => {
    const isLast = i === steps.length - 1
    const isNew = i === 0 || step.isContextSwitch
    return `<li class="step${isNew ? ' switch' : ''}${isLast ? ' violation' : ''}" id="step-${step.number}"><a class="number" href="#step-${step.number}">${step.number}</a><div class="telling">${whoTakes(step, threads.indexOf(step.thread), isNew)}<p class="says">${proseHtml(step.says)}</p>${changesOf(step)}${sourceOf(step)}${isLast ? `<p class="wrong">${escapeHtml(promise.violation)}</p>` : ''}</div></li>`
  })
  return `<ol class="steps" id="steps">\n${[start, ...items].join('\n')}\n</ol>`
}

/** Thread and call stack. Where the thread did not change its name is for screen readers only. */
function whoTakes({ thread, calls }: ToldStep, position: number, isNew: boolean): string {
  const name = `<span class="${isNew ? `name hue-${hueOf(position)}` : 'hidden'}">${escapeHtml(thread)}</span>`
  const stack = calls.map((call) => `<code>${breakable(call)}</code>`).join(' › ')
  return `<p class="who">${name} ${stack === '' ? '<span class="own">own code</span>' : stack}</p>`
}

/** Where the script runs, it is shown beside the steps. */
function sourceOf({ source }: ToldStep): string {
  return source === undefined ? '' : `<p class="source">${escapeHtml(`${source.symbol}, ${source.file} (${source.version})`)}</p>`
}

/** The name of a function; a long one may be broken after an underscore inside it. */
function breakable(name: string): string {
  return name.length > 20 ? escapeHtml(name).replace(/(?<=\w\w_)(?=\w)/g, '<wbr>') : escapeHtml(name)
}

function changesOf(step: ToldStep): string {
  const changes = shownChanges(step)
  return changes.length === 0 ? '' : `<ul class="changes">${changes.map((change) => `<li>${escapeHtml(change)}</li>`).join('')}</ul>`
}

/** There are six colours; a seventh thread has the first again. */
export function hueOf(thread: number): number {
  return thread % 6
}
