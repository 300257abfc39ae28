import { escapeHtml, proseHtml } from './escape.ts'
import type { CProgram } from './html-input.ts'

/** Commands and the C program to copy; where there is no program, why. */
export function reproduceSection(replayCode: string, program: CProgram): string {
  const commands = [
    ['replay', 'Take the steps again in the model', `gilproof replay ${replayCode}`],
    ...('text' in program
      ? [['replay-python', 'Make the calls on a real Python, one at a time', `gilproof replay ${replayCode} --python /usr/bin/python3`]]
      : []),
    ['write-page', 'Write this page again', `gilproof report ${replayCode} --format html --output counterexample.html`],
  ]
  return `<section aria-labelledby="reproduce-title">
<h2 id="reproduce-title">Reproduce it</h2>
${commands.map(([id = '', says = '', command = '']) => `<div class="command"><h3>${says}</h3>${copyable(id, command, 'command')}</div>`).join('\n')}
<h3>A C program that shows it</h3>
${programOf(program)}
</section>`
}

function programOf(program: CProgram): string {
  if ('whyNot' in program) return `<p class="why-not">There is none: ${proseHtml(program.whyNot)}</p>`
  return `<p>It needs nothing but CPython’s headers and pthreads, and ends with status 0 if the failure shows.</p>
<details class="program"><summary>reproduce.c, ${program.text.trimEnd().split('\n').length} lines</summary>${copyable('c-program', program.text, 'C program')}</details>`
}

function copyable(id: string, text: string, what: string): string {
  return `<div class="copyable"><pre tabindex="0" role="region" aria-label="${what}: ${id}"><code id="${id}">${escapeHtml(text)}</code></pre><button type="button" class="copy" data-copies="${id}" hidden>Copy ${what === 'command' ? 'command' : 'program'}</button></div>`
}
