import { elementOf } from './elements.ts'

const millisecondsOfThanks = 1600

/** Gives every copy button its text to copy, and the one for links a link that is made when it is asked for. */
export function offerCopies(makeLink: () => string): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button.copy')) {
    const source = elementOf(button.dataset['copies'] ?? '')
    button.hidden = false
    button.addEventListener('click', () => void copyFrom(button, source.textContent ?? ''))
  }
  const permalink = elementOf('permalink') as HTMLButtonElement
  permalink.addEventListener('click', () => void copyFrom(permalink, makeLink()))
}

async function copyFrom(button: HTMLButtonElement, text: string): Promise<void> {
  const label = button.dataset['label'] ?? button.textContent ?? ''
  button.dataset['label'] = label
  const isCopied = await copy(text)
  button.textContent = isCopied ? 'Copied' : 'Not allowed: select and copy it'
  elementOf('announcement').textContent = button.textContent
  window.setTimeout(() => {
    button.textContent = label
  }, millisecondsOfThanks)
}

/** The clipboard may be refused to a page from a file; selecting and copying is not. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    const focused = document.activeElement
    document.body.append(area)
    area.select()
    const isCopied = document.execCommand('copy')
    area.remove()
    if (focused instanceof HTMLElement) focused.focus()
    return isCopied
  }
}
